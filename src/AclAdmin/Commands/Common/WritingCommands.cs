using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>
/// A cmdlet that creates items. A class has one base, which declares its list's fields, so <see cref="FieldRowCommand{T}"/> reads the parameters
/// here.
/// </summary>
internal interface ICreateCommand
{
    /// <summary>What happens where such an item exists.</summary>
    IfExists IfExists { get; }
}

/// <summary>A cmdlet that changes items which an id, or a field in its place, identifies.</summary>
internal interface IUpdateCommand
{
    /// <summary>The ids on the command line; null for one that was specified as null.</summary>
    string?[]? Id { get; }

    /// <summary>Whether the present state is read first, so that only what differs is sent.</summary>
    SwitchParameter SkipUnchanged { get; }

    /// <summary>The names of the fields that identify an item in place of its id; null for the id.</summary>
    string[]? MatchBy { get; }
}
