using System;
using System.Collections;
using System.Collections.Generic;
using System.ComponentModel;
using System.Data;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Binding;

/// <summary>Which objects are rows, and the columns that they have.</summary>
internal static class RowColumns
{
    /// <summary>The columns of an object; null where it is no row.</summary>
    public static IEnumerable<PSPropertyInfo>? Of(PSObject row) => row.BaseObject switch
    {
        PSCustomObject => row.Properties,
        DataRow record => ColumnsOf(record),
        DataRowView view => ColumnsOf(view.Row),
        var instance when CanHaveColumns(instance) => row.Properties,
        _ => null,
    };

    /// <summary>The rows in an argument or a piped object that holds several; null where it is one row, or none.</summary>
    public static IList? In(object? value) => value switch
    {
        DataTable table => table.Rows.Cast<DataRow>().ToArray(),
        IList rows and not IDictionary => rows,
        _ => null,
    };

    /// <summary>Whether a text can only be an id: a line of a file that was not parsed has other characters.</summary>
    public static bool IsId(object value) => value.ToString() is { } text && RequestPath.IsId(CellParser.CleanHeader(text));

    /// <summary>Whether a column's cell has no value. One that cannot be read is not empty.</summary>
    public static bool IsEmpty(PSPropertyInfo property) => TryGetCell(property, out var cell, out _) && CellParser.IsEmpty(cell);

    /// <summary>Reads the value of a column's cell.</summary>
    /// <param name="property">The column.</param>
    /// <param name="cell">The value, without the engine's wrapping.</param>
    /// <param name="problem">Why it cannot be read.</param>
    public static bool TryGetCell(PSPropertyInfo property, out object? cell, out string? problem)
    {
        try
        {
            cell = FieldAttribute.Unwrap(property.Value);
            problem = null;
            return true;
        }
        catch (GetValueException unreadable)
        {
            cell = null;
            problem = $"column '{DisplayText.Of(property.Name)}' cannot be read: {DisplayText.Of(unreadable.Message)}";
            return false;
        }
    }

    /// <summary>Whether an object is a row by its properties. What the framework defines as a value has properties too, but none that could be columns.</summary>
    private static bool CanHaveColumns(object value) => value is not (IEnumerable or IListSource or Delegate or Type or ScriptBlock)
        && value.GetType() is { IsPrimitive: false, IsEnum: false, Namespace: not "System" };

    private static IEnumerable<PSPropertyInfo> ColumnsOf(DataRow record) =>
        record.Table.Columns.Cast<DataColumn>().Select(column => new PSNoteProperty(column.ColumnName, record[column]));
}
