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
    private readonly ColumnReader _reader;
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
        _columns = new ColumnMap(resource, parameters, options, commandLine.UsedColumns, warn);
        _reader = new ColumnReader(_columns, _cells, commandLine, options);
    }

    /// <summary>The values of the field that has several on the command line; null where none has.</summary>
    public IReadOnlyList<string?>? ValuesOfSeveral => _commandLine.SeveralValues;

    /// <summary>What the command line alone specifies, for a call without rows.</summary>
    /// <param name="id">The id, or the value of the field that has several.</param>
    public RowContent ReadCommandLine(string id)
    {
        var content = AddCommandLine(new RowContent { Id = _commandLine.Several is null ? id : "", AccountId = _commandLine.AccountId() });
        if (_commandLine.Several is { } field)
        {
            content.Patch.Set(field, id);
        }

        return Interpret(content);
    }

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
                ReadIdentity(content, resource, row);
                break;
            case PSCustomObject when IsDeserialized(row) && _commandLine.SpecifiesFields:
                ReadIdentity(content, row);
                break;
            case PSCustomObject:
                _reader.Read(content, row.Properties);
                break;
            case string line when _options.LineField is { } field:
                ReadLine(content, field, line);
                break;
            case string or Guid when _options.AcceptsIds && RowColumns.IsId(row.BaseObject):
                content.SetReference(ColumnRole.Identity, _resource.Identity, _resource.Identity.Name, row.BaseObject);
                break;
            default:
                _reader.Read(content, RowColumns.Of(row) ?? throw NotARow(row.BaseObject));
                break;
        }

        if (content.IsBlank)
        {
            return content;
        }

        ReadDelayed(content);
        _commandLine.AddReferences(content, row, _options.IdentityNames.Count == 0 ? "Id" : _options.IdentityNames[0]);
        return Interpret(content);
    }

    /// <summary>Whether a row has columns and no cell of it has a value, so that it is no row. Its columns' names are not looked at.</summary>
    public bool IsBlank(PSObject? row) => _commandLine.HasNoConstantId
        && row is { BaseObject: not ApiResource }
        && RowColumns.Of(row)?.ToArray() is { Length: > 0 } columns
        && columns.All(RowColumns.IsEmpty);

    /// <summary>A line of a plain list is the field that identifies an item.</summary>
    private void ReadLine(RowContent content, FieldDescriptor field, string line)
    {
        List<CellDoubt>? doubts = null;
        content.IsBlank = CellParser.IsEmpty(line);
        var problem = content.IsBlank || _commandLine.IsSpecified(field) ? null : _cells.ReadField(content, field, field.Name, line, ref doubts);
        if ((problem ?? doubts?.Select(doubt => _cells.Judge(doubt, content.ValueOf)).FirstOrDefault(invalid => invalid is not null)) is { } reason)
        {
            throw CellReader.Invalid([reason]);
        }
    }

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

    /// <summary>
    /// A result that came through a file, a job or a remote session. Beside fields of the command line its columns are state and not wishes; without them it can only
    /// be meant as a row, as its exported form is.
    /// </summary>
    private bool IsDeserialized(PSObject row) => row.TypeNames.Contains(_deserialized);

    private void ReadIdentity(RowContent content, ApiResource resource, PSObject row)
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
        ReadAdded(content, row);
    }

    /// <summary>A result does not change, but Add-Member can hide a property of it behind one of its own, which then is an edit.</summary>
    private void ReadAdded(RowContent content, PSObject row)
    {
        var added = row.Properties.Where(property => property.IsInstance && property is not PSProperty && _columns.Find(property.Name).Role != ColumnRole.Ignored).ToArray();
        if (added.Length > 0)
        {
            _reader.Read(content, added);
        }
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

    /// <summary>Decides about cells that were left undecided. What is only suspicious is warned of.</summary>
    /// <param name="doubts">The cells.</param>
    /// <param name="valueOf">The known value of a field of the item; null where it is not known.</param>
    /// <returns>The error of their row; null where there is none.</returns>
    public AclException? Judge(IReadOnlyList<CellDoubt> doubts, Func<string, JToken?> valueOf)
    {
        var problems = doubts.Select(doubt => _cells.Judge(doubt, valueOf)).OfType<string>().ToArray();
        return problems.Length == 0 ? null : CellReader.Invalid(problems);
    }

    /// <summary>Reads the results of script blocks on the command line for this row. They vary by row, so they are read as cells are.</summary>
    private void ReadDelayed(RowContent content)
    {
        foreach (var parameter in _commandLine.Delayed)
        {
            var value = _commandLine.ValueOf(parameter);
            List<CellDoubt>? doubts = null;
            if (_cells.ReadField(content, parameter.Field, "-" + parameter.Name, value is string[] { Length: 1 } single ? single[0] : value, ref doubts) is { } problem)
            {
                throw CellReader.Invalid([problem]);
            }

            if (doubts is not null && _cells.Judge(doubts[0], content.ValueOf) is { } invalid)
            {
                throw CellReader.Invalid([invalid]);
            }
        }
    }

    /// <summary>Reads what people write in place of a value as that value, where the row shows what its meaning depends on.</summary>
    private RowContent Interpret(RowContent content)
    {
        JToken? ValueOf(string name) => content.ValueOf(name) ?? (!_options.IsCreate || _resource.Find(name)?.CreateDefault is not { } value ? null : JToken.FromObject(value));

        for (var index = 0; index < content.Patch.Names.Count; index++)
        {
            if (_resource.GetInput(content.Patch.Names[index]) is { ReadAs: not null } field && field.IsReadAs(ValueOf))
            {
                content.Patch.Set(field, field.Interpret(content.Patch[field.Name]!));
            }
        }

        return content;
    }

    private RowContent AddCommandLine(RowContent content)
    {
        foreach (var value in _commandLine.Values)
        {
            content.Patch.Set(value.Key, value.Value);
        }

        return content;
    }
}
