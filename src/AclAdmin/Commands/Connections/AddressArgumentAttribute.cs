using System;

namespace AclAdmin.Commands;

/// <summary>Refuses a text that is no address before the engine does, as the engine's message would repeat the text, which may contain a password.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => FieldAttribute.Unwrap(inputData) switch
    {
        Uri address => address,
        null => null,
        string text when Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address) => address,
        _ => throw new ArgumentTransformationMetadataException("It is not an address such as https://host.example.com:8080."),
    };
}
