using System;
using System.Collections.Generic;
using System.Globalization;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Binding;

/// <summary>What one row specifies, together with what the command line specifies for all rows.</summary>
internal sealed class RowContent : ItemSpecification
{
    /// <summary>The account's id, as a cell has it.</summary>
    private static readonly FieldDescriptor AccountField = new("account_id", FieldKind.Text) { Content = TextContent.Identifier };

    /// <summary>The column that specifies the id, for messages.</summary>
    public string IdColumn { get; private set; } = "";

    /// <summary>The column that specifies the account, for messages.</summary>
    public string AccountColumn { get; private set; } = "";

    /// <summary>Whether no cell of the row has a value.</summary>
    public bool IsBlank { get; set; }

    /// <summary>Cells that can be judged only when the item's state is known.</summary>
    public List<CellDoubt> Doubts { get; } = [];

    /// <summary>The value of a field: the specified one, or else that of the result that was piped; null where neither is known.</summary>
    public JToken? ValueOf(string field) => Patch[field] ?? State?.GetField(field);

    /// <summary>Reads a cell that specifies the item or the account.</summary>
    /// <param name="role">Which of the two.</param>
    /// <param name="identity">The field that identifies an item.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="cell">The cell; an empty one specifies nothing.</param>
    /// <returns>The error; null when there is none.</returns>
    public string? SetReference(ColumnRole role, FieldDescriptor identity, string column, object? cell)
    {
        if (CellParser.IsEmpty(cell))
        {
            return null;
        }

        var reading = CellParser.Read(role == ColumnRole.Identity ? identity : AccountField, cell, CellParser.DefaultListSeparator);
        if ((reading.Cause ?? reading.Hidden) is { } cause)
        {
            return $"column '{DisplayText.Of(column)}' is '{CellText.Of(cell)}': {cause}";
        }

        var text = reading.Value is JValue { Value: string read } ? read : Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";

        var earlier = role == ColumnRole.Identity ? Id : AccountId ?? "";
        if (earlier.Length > 0 && earlier != text)
        {
            return $"column '{DisplayText.Of(column)}' is '{DisplayText.Of(text)}', but a column before it specifies '{DisplayText.Of(earlier)}'";
        }

        if (role == ColumnRole.Identity)
        {
            (Id, IdColumn) = (text, column);
        }
        else
        {
            (AccountId, AccountColumn) = (text, column);
        }

        return null;
    }
}
