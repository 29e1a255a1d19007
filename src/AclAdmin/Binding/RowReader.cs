using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Binding;

/// <summary>
/// Reads what a row says. The engine's bound parameters cannot be asked for that: they keep what earlier rows said, and drop what does not
/// convert. So a field was said if the command line said it, or if this row has a column for it with a value.
/// </summary>
internal sealed class RowReader
{
    private readonly ResourceDescriptor _resource;
    private readonly RowReaderOptions _options;
    private readonly ColumnMap _columns;
    private readonly CommandLine _commandLine;
    private readonly Action<string> _warn;
    private bool _hasWarnedOfJoined;

    /// <summary>Prepares to read rows.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="parameters">The cmdlet's parameters that stand for fields.</param>
    /// <param name="commandLine">What the command line says for all rows.</param>
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
        _warn = warn;
        _columns = new ColumnMap(resource, parameters, options, warn);
    }

    /// <summary>What the command line alone says, for a call without rows.</summary>
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
        AddReferences(content, row);
        return content;
    }

    /// <summary>
    /// Adds the id and the account of the command line. They are for every row, so a row that names others is in the wrong file, or the command line is
    /// left over from another one. A script block was written for the rows, and takes precedence.
    /// </summary>
    private void AddReferences(RowContent content, PSObject row)
    {
        var id = _commandLine.Id?.Invoke(row);
        if (id is not null && !_commandLine.IsIdDelayed)
        {
            CheckAgrees(_options.IdentityNames.Count == 0 ? "Id" : _options.IdentityNames[0], id, content.IdColumn, content.Id);
        }

        var account = _commandLine.AccountId();
        if (account is not null && !_commandLine.IsAccountDelayed)
        {
            CheckAgrees("AccountId", account, content.AccountColumn, content.AccountId);
        }

        content.Id = id ?? content.Id;
        content.AccountId = account ?? content.AccountId;
    }

    private static void CheckAgrees(string parameter, string argument, string column, string? cell)
    {
        if (!string.IsNullOrEmpty(cell) && argument.Length > 0 && !string.Equals(argument, cell, StringComparison.OrdinalIgnoreCase))
        {
            var source = column.Length == 0 ? "the piped object" : $"column '{DisplayText.Of(column)}'";
            throw new AclException(
                ErrorKind.InvalidCell,
                $"{source} specifies '{DisplayText.Of(cell)}', but -{parameter} specifies '{DisplayText.Of(argument)}'. Nothing was sent for this row.",
                $"Omit -{parameter} (it may come from $PSDefaultParameterValues), or remove the column.");
        }
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
        return new AclException(ErrorKind.InvalidCell, $"{(value is null ? "Nothing" : "A " + value.GetType().Name)} is not a row with columns.", advice);
    }

    /// <summary>A result that came through a file, a job or a remote session: still a result, so its columns are state and not wishes.</summary>
    private bool IsDeserialized(PSObject row) => row.TypeNames.Any(name => name == "Deserialized." + _options.ResultTypeName);

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
            else if (ReadCell(content, column, property.Name, cell, ref doubts) is { } invalid)
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
                && ReadCell(content, cell.Column, cell.Name, cell.Value, ref doubts) is { } invalid)
            {
                (problems ??= []).Add(invalid);
            }
        }

        if (doubts is not null)
        {
            foreach (var doubt in doubts)
            {
                if (Judge(content, doubt) is { } invalid)
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

    /// <summary>Decides about what can be meant in an expression only, once the whole row is known.</summary>
    /// <returns>What is wrong; null when nothing is, or when it is only warned of.</returns>
    private string? Judge(RowContent content, CellDoubt doubt)
    {
        var isExpression = doubt.Field.IsExpression(name => content.Patch[name] ?? content.State?.GetField(name));
        var hidden = isExpression == true ? null : doubt.Reading.Hidden;
        var problem = hidden ?? (isExpression == false ? doubt.Reading.Joined : null);
        if (problem is null && doubt.Reading.Joined is { } joined && !_hasWarnedOfJoined && !(isExpression == true && doubt.Reading.IsAlternation))
        {
            _hasWarnedOfJoined = true;
            _warn($"Column '{DisplayText.Of(doubt.Column)}': {joined}. It is sent as one item. Rows that follow are not warned of.");
        }

        return problem is null ? null : $"column '{DisplayText.Of(doubt.Column)}' is '{CellText.Of(doubt.Cell)}': {problem}";
    }

    private static AclException InvalidCells(IEnumerable<string> problems) => new(
        ErrorKind.InvalidCell, string.Join("; ", problems) + ". Nothing was sent for this row.", "Correct the cell and run the row again.");

    /// <summary>Takes the results of script blocks on the command line for this row. They vary by row, so they are read as cells are.</summary>
    private void ReadDelayed(RowContent content)
    {
        foreach (var parameter in _commandLine.Delayed)
        {
            var value = _commandLine.ValueOf(parameter);
            List<CellDoubt>? doubts = null;
            if (ReadFieldCell(content, parameter.Field, "-" + parameter.Name, value is string[] { Length: 1 } single ? single[0] : value, ref doubts) is { } problem)
            {
                throw InvalidCells([problem]);
            }

            if (doubts is not null && Judge(content, doubts[0]) is { } invalid)
            {
                throw InvalidCells([invalid]);
            }
        }
    }

    /// <summary>Takes one cell.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    private string? ReadCell(RowContent content, Column column, string name, object? cell, ref List<CellDoubt>? doubts)
    {
        if (column.Role != ColumnRole.Field)
        {
            return content.SetReference(column.Role, _resource.Identity, name, cell);
        }

        var field = column.Field!;
        return _commandLine.IsSpecified(field) ? null : ReadFieldCell(content, field, name, cell, ref doubts);
    }

    /// <summary>Takes what a cell specifies for a field.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    private string? ReadFieldCell(RowContent content, FieldDescriptor field, string column, object? cell, ref List<CellDoubt>? doubts)
    {
        if (CellParser.IsEmpty(cell))
        {
            // What is no field of the service has nothing that could be cleared, unless it is one of a part of the item.
            if (_options.EmptyValue == EmptyValue.Ignore || (_resource.Find(field.Name) is null && !field.Nullable))
            {
                return null;
            }

            if (!field.Nullable)
            {
                return $"column '{column}' is empty, and {field.Name} cannot be cleared";
            }

            return SetField(content, field, column, JValue.CreateNull());
        }

        var reading = CellParser.Read(field, cell, _options.ListSeparator);
        if (reading.Value is not { } value)
        {
            return $"column '{DisplayText.Of(column)}' is '{CellText.Of(cell)}'{(reading.Cause is { } cause ? ": " + cause : "; allowed: " + field.Allowed)}";
        }

        if (reading.Hidden is not null || reading.Joined is not null)
        {
            (doubts ??= []).Add(new CellDoubt(field, column, cell, reading));
        }

        return SetField(content, field, column, value);
    }

    /// <summary>Says a field once, whatever the number of columns for it.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    private static string? SetField(RowContent content, FieldDescriptor field, string column, JToken value)
    {
        if (content.Patch[field.Name] is { } earlier && !JToken.DeepEquals(earlier, value))
        {
            return $"column '{column}' says another value for {field.Name} than a column before it";
        }

        content.Patch.Set(field, value);
        return null;
    }

    private RowContent AddCommandLine(RowContent content)
    {
        foreach (var said in _commandLine.Values)
        {
            content.Patch.Set(said.Key, said.Value);
        }

        return content;
    }

    /// <summary>A cell that can be judged only when the whole row is known.</summary>
    private readonly record struct CellDoubt(FieldDescriptor Field, string Column, object? Cell, CellReading Reading);

    /// <summary>A cell of a directory's column, which counts where no column of the field's own has a value.</summary>
    private readonly record struct DirectoryCell(Column Column, string Name, object? Value);
}
