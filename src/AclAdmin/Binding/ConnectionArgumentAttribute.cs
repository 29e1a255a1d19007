using System;

namespace AclAdmin.Binding;

/// <summary>
/// Lets a connection be named as well as given. A name is looked up by the cmdlet, which knows the service. What came from another process is refused here:
/// it is a copy without a credential.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectionArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string CopyTypeName = "Deserialized." + typeof(AclConnection).FullName;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is PSObject copy && copy.TypeNames.Contains(CopyTypeName))
        {
            throw new ArgumentTransformationMetadataException(
                $"The connection '{copy.Properties["Name"]?.Value}' comes from another process (a job, a remote session or a file), and its credential stayed there. "
                + "Connect inside the script block of the job or the session, or use ForEach-Object -Parallel, which shares connections.");
        }

        return FieldAttribute.Unwrap(inputData) is string name ? AclConnection.Named(name) : inputData;
    }
}
