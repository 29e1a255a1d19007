using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Binding;

/// <summary>
/// Reads what a row specifies. The engine's bound parameters cannot answer that: they keep the values of earlier rows, and drop what does not convert. So a
/// field is specified where the command line specifies it, or where this row has a column for it with a value.
/// </summary>
internal sealed class RowReader
{
    private readonly ResourceDescriptor _resource;
    private readonly RowReaderOptions _options;
    private readonly ColumnMap _columns;
    private readonly CommandLine _commandLine;
    private readonly CellReader _cells;
    private readonly string _deserialized;

    /// <summary>Prepares to read rows.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="parameters">The cmdlet's parameters that stand for fields.</param>
    /// <param name="commandLine">What the command line specifies for all rows.</param>
    /// <param name="options">How cells are read.</param>
    /// <param name="warn">Writes a warning.</param>
    public RowReader(
        ResourceDescriptor resource,
        IReadOnlyList<FieldParameter> parameters,
        CommandLine commandLine,
        RowReaderOptions options,
        Action<string> warn)
    {
        _resource = resource;
        _options = options;
        _commandLine = commandLine;
        _deserialized = "Deserialized." + options.ResultTypeName;
        _cells = new CellReader(resource, commandLine, options, warn);
        _columns = new ColumnMap(resource, parameters, options, warn);
    }

    /// <summary>What the command line alone specifies, for a call without rows.</summary>
    public RowContent ReadCommandLine(string id) => AddCommandLine(new RowContent { Id = id, AccountId = _commandLine.AccountId() });

    /// <summary>Reads a row.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.InvalidCell"/>: it is no row, or cells of it cannot be read.</exception>
    public RowContent Read(PSObject? row)
    {
        var content = AddCommandLine(new RowContent());
        if (row is null)
        {
            throw NotARow(null);
        }

        switch (row.BaseObject)
        {
            case ApiResource resource:
                ReadIdentity(content, resource);
                break;
            case PSCustomObject when IsDeserialized(row):
                ReadIdentity(content, row);
                break;
            case PSCustomObject:
                ReadColumns(content, row.Properties);
                break;
            case string or Guid when _options.AcceptsIds && RowColumns.IsId(row.BaseObject):
                content.SetReference(ColumnRole.Identity, _resource.Identity, _resource.Identity.Name, row.BaseObject);
                break;
            default:
                ReadColumns(content, RowColumns.Of(row) ?? throw NotARow(row.BaseObject));
                break;
        }

        if (content.IsBlank)
        {
            return content;
        }

        ReadDelayed(content);
        _commandLine.AddReferences(content, row, _options.IdentityNames.Count == 0 ? "Id" : _options.IdentityNames[0]);
        return content;
    }

    /// <summary>Whether a row has columns and no cell of it has a value, so that it is no row. Its columns' names are not looked at.</summary>
    public bool IsBlank(PSObject? row) => HasNoConstantId
        && row is { BaseObject: not ApiResource }
        && RowColumns.Of(row)?.ToArray() is { Length: > 0 } columns
        && columns.All(RowColumns.IsEmpty);

    /// <summary>Whether every row needs an id of its own: beside an id for all rows, a row without values is one to be written.</summary>
    private bool HasNoConstantId => _commandLine.Id is null || _commandLine.IsIdDelayed;

    private AclException NotARow(object? value)
    {
        var advice = value switch
        {
            IDictionary => "Cast the hashtable to [pscustomobject] first: its keys are not columns.",
            string when _options.AcceptsIds => "Pipe ids, or rows with columns: read a file with Import-Csv, not with Get-Content.",
            _ => "Pipe rows with columns, such as those of Import-Csv, or what the matching Get- cmdlet returns.",
        };
        var subject = value switch
        {
            null => "$null is not a row with columns",
            string text when _options.AcceptsIds => $"'{CellText.Of(text)}' is neither an id nor a row with columns",
            string text => $"'{CellText.Of(text)}' is not a row with columns",
            _ => $"An object of type {value.GetType().Name} is not a row with columns",
        };
        return new AclException(ErrorKind.InvalidCell, subject + ".", advice);
    }

    /// <summary>A result that came through a file, a job or a remote session: still a result, so its columns are state and not wishes.</summary>
    private bool IsDeserialized(PSObject row) => row.TypeNames.Contains(_deserialized);

    private void ReadIdentity(RowContent content, ApiResource resource)
    {
        if (resource.GetDescriptor() != _resource)
        {
            if (_options.ReadOther(resource, content))
            {
                return;
            }

            throw new AclException(
                ErrorKind.InvalidCell,
                $"The {resource.GetDescriptor().Noun} {resource} is not one of the {_resource.Plural}.",
                $"Pipe {_resource.Plural} here.");
        }

        content.State = resource;
        content.Id = resource.GetIdentity();
        content.DisplayName = resource.GetDisplayName();
        content.AccountId = _options.AccountOf(resource);
    }

    private void ReadIdentity(RowContent content, PSObject row)
    {
        foreach (var property in row.Properties)
        {
            if (property.Name == "Name")
            {
                content.DisplayName = property.Value as string;
            }
            else if (_columns.Find(property.Name) is { Role: ColumnRole.Identity or ColumnRole.Account } column)
            {
                content.SetReference(column.Role, _resource.Identity, property.Name, FieldAttribute.Unwrap(property.Value));
            }
        }
    }

    private void ReadColumns(RowContent content, IEnumerable<PSPropertyInfo> properties)
    {
        List<string>? problems = null;
        List<PSPropertyInfo>? ignored = null;
        List<DirectoryCell>? directory = null;
        List<CellDoubt>? doubts = null;
        var cells = 0;
        var hasValue = false;
        foreach (var property in properties)
        {
            cells++;
            var column = _columns.Find(property.Name);
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
            if (column.Rank > 0)
            {
                (directory ??= []).Add(new DirectoryCell(column, property.Name, cell));
            }
            else if (_cells.Read(content, column, property.Name, cell, ref doubts) is { } invalid)
            {
                (problems ??= []).Add(invalid);
            }
        }

        if (!hasValue && cells > 0 && HasNoConstantId && (ignored is null || ignored.All(RowColumns.IsEmpty)))
        {
            content.IsBlank = true;
            return;
        }

        foreach (var cell in directory?.OrderBy(cell => cell.Column.Rank) ?? Enumerable.Empty<DirectoryCell>())
        {
            if (!CellParser.IsEmpty(cell.Value)
                && !content.Patch.IsSpecified(cell.Column.Field!.Name)
                && _cells.Read(content, cell.Column, cell.Name, cell.Value, ref doubts) is { } invalid)
            {
                (problems ??= []).Add(invalid);
            }
        }

        if (doubts is not null)
        {
            foreach (var doubt in doubts)
            {
                if (_options.JudgesLater && CellReader.IsUndecided(doubt, content.ValueOf))
                {
                    content.Doubts.Add(doubt);
                }
                else if (_cells.Judge(doubt, content.ValueOf) is { } invalid)
                {
                    (problems ??= []).Add(invalid);
                }
            }
        }

        if (problems is not null)
        {
            throw InvalidCells(problems);
        }
    }

    /// <summary>Decides about cells that were left undecided. What is only suspicious is warned of.</summary>
    /// <param name="doubts">The cells.</param>
    /// <param name="valueOf">The known value of a field of the item; null where it is not known.</param>
    /// <returns>The error of their row; null where there is none.</returns>
    public AclException? Judge(IReadOnlyList<CellDoubt> doubts, Func<string, JToken?> valueOf)
    {
        var problems = doubts.Select(doubt => _cells.Judge(doubt, valueOf)).OfType<string>().ToArray();
        return problems.Length == 0 ? null : InvalidCells(problems);
    }

    private static AclException InvalidCells(IEnumerable<string> problems) => new(
        ErrorKind.InvalidCell, string.Join("; ", problems) + ". Nothing was sent for this row.", "Correct the cell and run the row again.");

    /// <summary>Reads the results of script blocks on the command line for this row. They vary by row, so they are read as cells are.</summary>
    private void ReadDelayed(RowContent content)
    {
        foreach (var parameter in _commandLine.Delayed)
        {
            var value = _commandLine.ValueOf(parameter);
            List<CellDoubt>? doubts = null;
            if (_cells.ReadField(content, parameter.Field, "-" + parameter.Name, value is string[] { Length: 1 } single ? single[0] : value, ref doubts) is { } problem)
            {
                throw InvalidCells([problem]);
            }

            if (doubts is not null && _cells.Judge(doubts[0], content.ValueOf) is { } invalid)
            {
                throw InvalidCells([invalid]);
            }
        }
    }

    private RowContent AddCommandLine(RowContent content)
    {
        foreach (var value in _commandLine.Values)
        {
            content.Patch.Set(value.Key, value.Value);
        }

        return content;
    }

    /// <summary>A cell of a directory's column, which counts where no column of the field's own has a value.</summary>
    private readonly record struct DirectoryCell(Column Column, string Name, object? Value);
}
