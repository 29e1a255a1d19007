using System;
using System.Globalization;
using AclAdmin.Client;
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

    /// <summary>Takes a cell that says which thing or which account is meant.</summary>
    /// <param name="role">Which of the two.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="cell">The cell; an empty one says nothing.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? SetReference(ColumnRole role, string column, object? cell)
    {
        var text = Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
        if (text.Length == 0)
        {
            return null;
        }

        var earlier = role == ColumnRole.Identity ? Id : AccountId ?? "";
        if (earlier.Length > 0 && earlier != text)
        {
            return $"column '{DisplayText.Of(column)}' is '{DisplayText.Of(text)}', but a column before it specifies '{DisplayText.Of(earlier)}'";
        }

        if (role == ColumnRole.Identity)
        {
            Id = text;
        }
        else
        {
            AccountId = text;
        }

        return null;
    }
}
