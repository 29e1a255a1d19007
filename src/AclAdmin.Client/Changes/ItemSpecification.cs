using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>What is specified for one item, by a row, the command line or both: which item, and which of its fields.</summary>
public class ItemSpecification
{
    /// <summary>The id; empty where none is specified.</summary>
    public string Id { get; set; } = "";

    /// <summary>The account; null where none is specified.</summary>
    public string? AccountId { get; set; }

    /// <summary>The item's present name at the service, for messages; null where that is not known. Never a name that is only specified.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The fields that are specified.</summary>
    public FieldPatch Patch { get; } = new();

    /// <summary>The item as the service showed it; null where it is not known.</summary>
    public ApiResource? State { get; set; }
}
