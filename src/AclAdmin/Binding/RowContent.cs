using AclAdmin.Client.Resources;

namespace AclAdmin.Binding;

/// <summary>What one row says, together with what the command line says for all rows.</summary>
internal sealed class RowContent
{
    /// <summary>The id; empty where neither says one.</summary>
    public string Id { get; set; } = "";

    /// <summary>The account; null where the row does not say one.</summary>
    public string? AccountId { get; set; }

    /// <summary>What people call the thing, for messages; null where it is not known.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The fields that were said.</summary>
    public FieldPatch Patch { get; } = new();

    /// <summary>The thing as the service showed it; null where the row is not one of the service's things.</summary>
    public ApiResource? State { get; set; }
}
