using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Binding;

/// <summary>Reads the columns of a row.</summary>
/// <param name="columns">What each is for.</param>
/// <param name="cells">Reads cells.</param>
/// <param name="commandLine">What the command line specifies for all rows.</param>
/// <param name="options">How cells are read.</param>
internal sealed class ColumnReader(ColumnMap columns, CellReader cells, CommandLine commandLine, RowReaderOptions options)
{
    /// <summary>Reads the columns of a row into its content.</summary>
    /// <exception cref="Client.AclException"><see cref="Client.ErrorKind.InvalidCell"/>: cells cannot be read.</exception>
    public void Read(RowContent content, IEnumerable<PSPropertyInfo> properties)
    {
        List<string>? problems = null;
        List<PSPropertyInfo>? ignored = null;
        List<DirectoryCell>? directory = null;
        List<CellDoubt>? doubts = null;
        List<string>? order = null;
        var count = 0;
        var hasValue = false;
        foreach (var property in properties)
        {
            count++;
            var column = columns.Find(property.Name);
            if (column.Role == ColumnRole.Ignored)
            {
                // Read only where it matters, as a property can fail.
                (ignored ??= []).Add(property);
                continue;
            }

            if (!RowColumns.TryGetCell(property, out var cell, out var problem))
            {
                hasValue = true;
                (problems ??= []).Add(problem!);
                continue;
            }

            hasValue |= !CellParser.IsEmpty(cell);
            if (column.Rank != 0)
            {
                order ??= [.. content.Patch.Names];
                (directory ??= []).Add(new DirectoryCell(column, property.Name, cell));
            }
            else if (cells.Read(content, column, property.Name, cell, ref doubts) is { } invalid)
            {
                (problems ??= []).Add(invalid);
            }

            if (column.Field is { } named && order?.Contains(named.Name) == false)
            {
                order.Add(named.Name);
            }
        }

        if (!hasValue && count > 0 && commandLine.HasNoConstantId && (ignored is null || ignored.All(RowColumns.IsEmpty)))
        {
            content.IsBlank = true;
            return;
        }

        foreach (var field in directory?.GroupBy(cell => cell.Column.Field!).ToArray() ?? [])
        {
            if (ReadDirectory(content, field.Key, field.ToArray(), ref doubts) is { } invalid)
            {
                (problems ??= []).Add(invalid);
            }
        }

        // A body has the order of the columns, whatever counts in the end.
        content.Patch.Arrange(order ?? []);
        problems = Judge(content, doubts, problems);
        if (problems is not null)
        {
            throw CellReader.Invalid(problems);
        }
    }

    /// <summary>Reads the best of the directory's columns for a field.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    private string? ReadDirectory(RowContent content, FieldDescriptor field, DirectoryCell[] directory, ref List<CellDoubt>? doubts)
    {
        if (commandLine.IsSpecified(field))
        {
            return null;
        }

        if (directory.Any(cell => cell.Column.Rank < 0))
        {
            content.Patch.Remove(field.Name);
            doubts?.RemoveAll(doubt => doubt.Field == field);
        }

        if (content.Patch.IsSpecified(field.Name))
        {
            return null;
        }

        foreach (var rank in directory.GroupBy(cell => cell.Column.Rank).OrderBy(rank => rank.Key))
        {
            var parts = rank.Where(cell => !CellParser.IsEmpty(cell.Value)).GroupBy(cell => cell.Column.Part.Index).OrderBy(part => part.Key).Select(part => part.First()).ToArray();
            if (parts.Length > 0 && parts.Length == parts[0].Column.Part.Count)
            {
                var whole = parts.Length == 1 ? parts[0] : parts[0] with { Value = string.Join(" ", parts.Select(part => $"{part.Value}".Trim())) };
                return cells.Read(content, whole.Column, whole.Name, whole.Value, ref doubts);
            }
        }

        return null;
    }

    private List<string>? Judge(RowContent content, List<CellDoubt>? doubts, List<string>? problems)
    {
        foreach (var doubt in doubts ?? [])
        {
            if (options.JudgesLater && CellReader.IsUndecided(doubt, content.ValueOf))
            {
                content.Doubts.Add(doubt);
            }
            else if (cells.Judge(doubt, content.ValueOf) is { } invalid)
            {
                (problems ??= []).Add(invalid);
            }
        }

        return problems;
    }

    /// <summary>A cell of a directory's column, which counts where no column of the field's own has a value.</summary>
    private readonly record struct DirectoryCell(Column Column, string Name, object? Value);
}
