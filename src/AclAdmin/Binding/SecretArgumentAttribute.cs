using System;
using System.Security;

namespace AclAdmin.Binding;

/// <summary>Refuses a secret given as plain text before the engine does, as the engine's message would repeat it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => FieldAttribute.Unwrap(inputData) switch
    {
        SecureString secret => secret,
        null => null,
        _ => throw new ArgumentTransformationMetadataException(
            "A secret must be a SecureString, such as Read-Host -AsSecureString or Get-Secret gives. "
            + "Plain text is not taken, as it would stay in the history."),
    };
}
