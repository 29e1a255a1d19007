using System;

namespace AclAdmin.Commands;

/// <summary>Names the permission or scope that a cmdlet's calls need, as the service names it. The help shows it, and Test-AclConnection explains it.</summary>
/// <param name="permission">The permission, or several of which one will do.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPermissionAttribute(string permission) : Attribute
{
    /// <summary>For a cmdlet whose changes need what the cmdlets need that make the same changes, at either service.</summary>
    public const string OfChanges = "that of the changes themselves";

    /// <summary>The permission, or several of which one will do.</summary>
    public string Permission { get; } = permission;
}
