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
    public FieldPatch Patch { get; init; } = new();

    /// <summary>The item as the service showed it; null where it is not known.</summary>
    public ApiResource? State { get; set; }

    /// <summary>The item as people name it: its kind, its id, and the name that it has now.</summary>
    /// <param name="resource">The field table of its kind.</param>
    public string Describe(ResourceDescriptor resource)
    {
        // Names come from outside: a line break in one could forge a second line of a preview.
        var name = DisplayText.Of(DisplayName);
        return name.Length == 0 ? $"{resource.Noun} {Id}" : $"{resource.Noun} {Id} ({name})";
    }
}
