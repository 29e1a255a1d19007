using System;
using System.Runtime.CompilerServices;
using System.Security;

namespace AclAdmin.Binding;

/// <summary>
/// Accepts a secret as a SecureString, or as a script block that obtains it. Refuses plain text before the engine does, as the engine's message would repeat it.
/// The parameter stays a SecureString, so that the engine masks what it asks a person for; a script block is bound as an empty one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly ConditionalWeakTable<SecureString, ScriptBlock> Scripts = new();

    /// <summary>The script block that was specified for a parameter; null where a secret was.</summary>
    /// <param name="bound">The parameter's value.</param>
    public static ScriptBlock? FindScript(SecureString bound) => Scripts.TryGetValue(bound, out var script) ? script : null;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => FieldAttribute.Unwrap(inputData) switch
    {
        SecureString secret => secret,
        ScriptBlock script => Wrap(script),
        null => null,
        _ => throw new ArgumentTransformationMetadataException(
            "A secret must be a SecureString, such as Read-Host -AsSecureString gives, or a script block that obtains it, such as { op read op://vault/item/field }. "
            + "Plain text is not accepted, as it would stay in the history."),
    };

    private static SecureString Wrap(ScriptBlock script)
    {
        var bound = new SecureString();
        Scripts.Add(bound, script);
        return bound;
    }
}
