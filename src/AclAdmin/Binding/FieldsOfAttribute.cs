using System;

namespace AclAdmin.Binding;

/// <summary>Names the cmdlet whose field parameters are the columns of a cmdlet that has none of its own, as it accepts fields from rows alone.</summary>
/// <param name="command">The class of that cmdlet.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FieldsOfAttribute(Type command) : Attribute
{
    /// <summary>The class of that cmdlet.</summary>
    public Type Command { get; } = command;
}
