using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
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

        if (row.BaseObject is ApiResource resource)
        {
            ReadIdentity(content, resource);
        }
        else if (IsDeserialized(row))
        {
            ReadIdentity(content, row);
        }
        else if (row.BaseObject is PSCustomObject)
        {
            ReadColumns(content, row);
        }
        else
        {
            throw NotARow(row.BaseObject);
        }

        ReadDelayed(content);
        content.Id = _commandLine.Id() ?? content.Id;
        content.AccountId = _commandLine.AccountId() ?? content.AccountId;
        return content;
    }

    private static AclException NotARow(object? value)
    {
        var advice = value is IDictionary
            ? "Cast the hashtable to [pscustomobject] first: its keys are not columns."
            : "Pipe rows with columns, such as those of Import-Csv, or what the matching Get- cmdlet returns.";
        return new AclException(ErrorKind.InvalidCell, $"{(value is null ? "Nothing" : "A " + value.GetType().Name)} is not a row with columns.", advice);
    }

    /// <summary>A result that came through a file, a job or a remote session: still a result, so its columns are state and not wishes.</summary>
    private bool IsDeserialized(PSObject row) => row.TypeNames.Any(name => name == "Deserialized." + _options.ResultTypeName);

    private void ReadIdentity(RowContent content, ApiResource resource)
    {
        if (resource.GetDescriptor() != _resource)
        {
            throw new AclException(
                ErrorKind.InvalidCell,
                $"The {resource.GetDescriptor().Noun} {resource} is not an {_resource.Noun}.",
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
                content.SetReference(column.Role, property.Name, FieldAttribute.Unwrap(property.Value));
            }
        }
    }

    private void ReadColumns(RowContent content, PSObject row)
    {
        List<string>? problems = null;
        foreach (var property in row.Properties)
        {
            var column = _columns.Find(property.Name);
            if (column.Role != ColumnRole.Ignored && ReadCell(content, column, property) is { } problem)
            {
                (problems ??= []).Add(problem);
            }
        }

        if (problems is not null)
        {
            throw InvalidCells(problems);
        }
    }

    private static AclException InvalidCells(IEnumerable<string> problems) => new(
        ErrorKind.InvalidCell, string.Join("; ", problems) + ". Nothing was sent for this row.", "Correct the cell and run the row again.");

    /// <summary>Takes what script blocks on the command line came to for this row. It varies by row, so it is read as a cell is.</summary>
    private void ReadDelayed(RowContent content)
    {
        foreach (var parameter in _commandLine.Delayed)
        {
            if (ReadFieldCell(content, parameter.Field, "-" + parameter.Name, _commandLine.ValueOf(parameter)) is { } problem)
            {
                throw InvalidCells([problem]);
            }
        }
    }

    /// <summary>Takes one cell.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    private string? ReadCell(RowContent content, Column column, PSPropertyInfo property)
    {
        object? cell;
        try
        {
            cell = FieldAttribute.Unwrap(property.Value);
        }
        catch (GetValueException unreadable)
        {
            return $"column '{DisplayText.Of(property.Name)}' cannot be read: {DisplayText.Of(unreadable.Message)}";
        }

        if (column.Role != ColumnRole.Field)
        {
            return content.SetReference(column.Role, property.Name, cell);
        }

        var field = column.Field!;
        if (field.Name == "name" && cell is string { Length: > 0 } name)
        {
            content.DisplayName = name;
        }

        if (_commandLine.IsSpecified(field))
        {
            return null;
        }

        return ReadFieldCell(content, field, property.Name, cell);
    }

    /// <summary>Takes what a cell says for a field.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    private string? ReadFieldCell(RowContent content, FieldDescriptor field, string column, object? cell)
    {
        if (CellParser.IsEmpty(cell))
        {
            // What is no field of the service has nothing that could be cleared.
            if (_options.EmptyValue == EmptyValue.Ignore || _resource.Find(field.Name) is null)
            {
                return null;
            }

            if (!field.Nullable)
            {
                return $"column '{column}' is empty, and {field.Name} cannot be cleared";
            }

            return SetField(content, field, column, JValue.CreateNull());
        }

        if (!CellParser.TryParse(field, cell, _options.ListSeparator, out var value))
        {
            return $"column '{DisplayText.Of(column)}' is '{CellText.Of(cell)}'; allowed: {field.Allowed}";
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
}
