using System;
using System.Linq;
using System.Management.Automation;
using AclAdmin.Client.Connections;

namespace AclAdmin.Binding;

/// <summary>Lets a connection be named as well as given.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectionArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (FieldAttribute.Unwrap(inputData) is not string name)
        {
            return inputData;
        }

        if (ConnectionStore.Shared.Find(name) is { } connection)
        {
            return new AclConnection(connection);
        }

        var names = ConnectionStore.Shared.All.Select(other => other.Name).ToArray();
        throw new ArgumentTransformationMetadataException(names.Length == 0
            ? $"There is no connection named '{name}', and no other either. Connect first."
            : $"There is no connection named '{name}'. There are: {string.Join(", ", names)}.");
    }
}
