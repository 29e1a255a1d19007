using System;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Connections;

namespace AclAdmin.Commands;

/// <summary>
/// Accepts a connection by its name, as <see cref="ConnectionArgumentAttribute"/> does, and keeps a name that no connection has: a cmdlet that goes through
/// several names reports that one and goes on with the others.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KnownOrNamedConnectionAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => FieldAttribute.Unwrap(inputData) is string name
        ? ConnectionStore.Shared.Find(name) is { } connection ? new AclConnection(connection) : AclConnection.Unknown(name)
        : inputData;
}
