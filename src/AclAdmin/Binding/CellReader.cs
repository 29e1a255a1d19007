using System;
using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Binding;

/// <summary>Reads the cells of rows into fields, and reports errors in them.</summary>
/// <param name="resource">The field table.</param>
/// <param name="commandLine">What the command line specifies for all rows.</param>
/// <param name="options">How cells are read.</param>
/// <param name="warn">Writes a warning.</param>
internal sealed class CellReader(ResourceDescriptor resource, CommandLine commandLine, RowReaderOptions options, Action<string> warn)
{
    /// <summary>Whether items that seem joined (true), or numbers that seem mangled (false), were warned of.</summary>
    private readonly HashSet<bool> _warnedOf = [];

    /// <summary>Reads a cell into the content of its row.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Read(RowContent content, Column column, string name, object? cell, ref List<CellDoubt>? doubts)
    {
        if (column.Role != ColumnRole.Field)
        {
            return content.SetReference(column.Role, resource.Identity, name, cell);
        }

        var field = column.Field!;
        return commandLine.IsSpecified(field) ? null : ReadField(content, field, name, cell, ref doubts);
    }

    /// <summary>Reads what a cell specifies for a field.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? ReadField(RowContent content, FieldDescriptor field, string column, object? cell, ref List<CellDoubt>? doubts)
    {
        if (CellParser.IsEmpty(cell))
        {
            // What is no field of the service has nothing that could be cleared, unless it is one of a part of the item.
            if (options.EmptyValue == EmptyValue.Ignore || (resource.Find(field.Name) is null && !field.Nullable))
            {
                return null;
            }

            if (!field.Nullable)
            {
                return $"column '{column}' is empty, and {field.Name} cannot be cleared";
            }

            return SetField(content, field, column, JValue.CreateNull());
        }

        var reading = CellParser.Read(field, cell, options.ListSeparator);
        if (reading.Value is not { } value)
        {
            return $"column '{DisplayText.Of(column)}' is '{CellText.Of(cell)}'{(reading.Cause is { } cause ? ": " + cause : "; allowed: " + field.Allowed)}";
        }

        if (reading.IsDoubtful)
        {
            (doubts ??= []).Add(new CellDoubt(field, column, cell, reading));
        }

        return SetField(content, field, column, value);
    }

    /// <summary>The error of a row with cells that cannot be read.</summary>
    public static AclException Invalid(IEnumerable<string> problems) => new(
        ErrorKind.InvalidCell, string.Join("; ", problems) + ". Nothing was sent for this row.", "Correct the cell and run the row again.");

    /// <summary>Sets a field once, whatever the number of columns for it.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    private static string? SetField(RowContent content, FieldDescriptor field, string column, JToken value)
    {
        if (content.Patch[field.Name] is { } earlier && !JToken.DeepEquals(earlier, value))
        {
            return $"column '{column}' specifies another value for {field.Name} than a column before it";
        }

        content.Patch.Set(field, value);
        return null;
    }

    /// <summary>Whether the meaning of a cell depends on other fields whose values are not known.</summary>
    /// <param name="doubt">The cell.</param>
    /// <param name="valueOf">The known value of a field; null where it is not known.</param>
    public static bool IsUndecided(CellDoubt doubt, Func<string, JToken?> valueOf) =>
        doubt.Field.IsExpression(valueOf) is null || ((doubt.Reading.Mangled ?? doubt.Reading.Separated) is not null && doubt.Field.IsNumber!(valueOf) is null);

    /// <summary>Decides about what can be meant in an expression only, or in a list of words only, once the whole row is known.</summary>
    /// <param name="doubt">The cell.</param>
    /// <param name="valueOf">The known value of a field; null where it is not known.</param>
    /// <returns>What is wrong; null when nothing is, or when it is only warned of.</returns>
    public string? Judge(CellDoubt doubt, Func<string, JToken?> valueOf)
    {
        var isExpression = doubt.Field.IsExpression(valueOf);
        var reading = doubt.Reading;
        var mangled = doubt.Field.IsNumber?.Invoke(valueOf) == false ? null : reading.Mangled;
        var isNumber = mangled is not null && doubt.Field.IsNumber!(valueOf) == true;
        var problem = (isExpression == true ? null : reading.Hidden) ?? (isNumber ? mangled : null) ?? (isExpression == false ? reading.Joined : null);
        if (problem is not null)
        {
            return $"column '{DisplayText.Of(doubt.Column)}' is '{CellText.Of(doubt.Cell)}': {problem}";
        }

        mangled ??= reading.Separated is not null && doubt.Field.IsNumber!(valueOf) is null ? reading.Separated : null;
        var joined = isExpression == true && reading.IsAlternation ? null : reading.Joined;
        if ((mangled ?? joined) is { } suspicion && _warnedOf.Add(mangled is null))
        {
            warn($"Column '{DisplayText.Of(doubt.Column)}': {suspicion}. It is sent as {(mangled is null ? "one item" : "it is")}. Rows that follow are not warned of.");
        }

        return null;
    }
}

/// <summary>A cell that can be judged only when the whole row is known.</summary>
internal readonly record struct CellDoubt(FieldDescriptor Field, string Column, object? Cell, CellReading Reading);
