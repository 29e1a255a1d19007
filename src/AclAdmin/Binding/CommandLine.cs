using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Binding;

/// <summary>
/// What the command line specifies for all rows. Read when the pipeline begins, as the engine's bound parameters then hold the command line and
/// <c>$PSDefaultParameterValues</c> and nothing else.
/// </summary>
internal sealed class CommandLine
{
    private readonly PSCmdlet _command;

    /// <summary>Reads a cmdlet's bound parameters.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="clear">The fields that it is to clear, as the caller named them.</param>
    /// <param name="acceptsSeveral">Whether a text can have several values, each for an item of its own.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: a field cannot be cleared, or has a value as well.</exception>
    public CommandLine(PSCmdlet command, IReadOnlyList<string> clear, bool acceptsSeveral = false)
    {
        _command = command;
        var parameters = FieldParameter.Of(command.GetType());
        foreach (var parameter in parameters.Where(parameter => command.MyInvocation.BoundParameters.ContainsKey(parameter.Name)))
        {
            if (IsDelayed(command.MyInvocation.BoundParameters[parameter.Name]))
            {
                Delayed.Add(parameter);
            }
            else if (parameter.Field.Kind == FieldKind.Text && parameter.ValueIn(command) is string[] { Length: not 1 } several)
            {
                Several = acceptsSeveral && several.Length > 0 && !command.MyInvocation.ExpectingInput ? parameter.Field : throw new AclException(
                    ErrorKind.ValidationFailed, $"-{parameter.Name} has {several.Length} values; one is expected.", "Specify one value, or pipe rows.");
                SeveralValues = several;
            }
            else
            {
                Values[parameter.Field] = ReadArgument(parameter, parameter.ValueIn(command));
            }
        }

        foreach (var name in clear)
        {
            var field = FindFieldToClear(parameters, name);
            Values[field] = IsSpecified(field)
                ? throw new AclException(
                    ErrorKind.ValidationFailed, $"-Clear {name} and a value for {field.Name} contradict each other.", "Leave one of them out.")
                : JValue.CreateNull();
        }
    }

    /// <summary>The fields that are specified, in the order of the field table and then of -Clear; JSON null clears.</summary>
    public Dictionary<FieldDescriptor, JToken> Values { get; } = [];

    /// <summary>The parameters that were given a script block, which the engine runs for each row: <c>-Comments { $_.Note }</c>.</summary>
    public List<FieldParameter> Delayed { get; } = [];

    /// <summary>The field that has several values on the command line, each for an item of its own; null for none.</summary>
    public FieldDescriptor? Several { get; }

    /// <summary>Its values.</summary>
    public IReadOnlyList<string?>? SeveralValues { get; }

    /// <summary>Whether the command line specifies fields, for all rows or by a script block.</summary>
    public bool SpecifiesFields => Values.Count + Delayed.Count > 0;

    /// <summary>The columns that script blocks of the command line read: <c>Work Email</c> in <c>{ $_.'Work Email' }</c>.</summary>
    public IEnumerable<string> UsedColumns => _command.MyInvocation.BoundParameters.Values
        .Where(IsDelayed)
        .Select(bound => bound.ToString()!)
        .Append(UsedByIds ?? "")
        .SelectMany(ScriptColumns.In);

    /// <summary>The text of the script block that reads ids; null where there is none.</summary>
    public string? UsedByIds { get; init; }

    /// <summary>Reads the id that the command line specifies for a row; null where it specifies none.</summary>
    public Func<PSObject?, string?>? Id { get; init; }

    /// <summary>Whether the id is a script block, which takes precedence over the columns as it was written for them.</summary>
    public bool IsIdDelayed { get; init; }

    /// <summary>Whether every row needs an id of its own: beside an id for all rows, a row without values is one to be written.</summary>
    public bool HasNoConstantId => Id is null || IsIdDelayed;

    /// <summary>Whether the account is a script block.</summary>
    public bool IsAccountDelayed => _command.MyInvocation.BoundParameters.TryGetValue("AccountId", out var bound) && IsDelayed(bound);

    /// <summary>The account; null where the command line specifies none.</summary>
    public Func<string?> AccountId { get; init; } = () => null;

    /// <summary>Whether the command line specifies a field for all rows, which takes precedence over their columns.</summary>
    public bool IsSpecified(FieldDescriptor field)
    {
        // Asked for each cell, so without a closure.
        foreach (var parameter in Delayed)
        {
            if (parameter.Field == field)
            {
                return true;
            }
        }

        return Values.ContainsKey(field);
    }

    /// <summary>What a delayed parameter came to for the present row.</summary>
    public object? ValueOf(FieldParameter parameter) => parameter.ValueIn(_command);

    /// <summary>Refuses what cannot be meant.</summary>
    /// <param name="resource">The kind of item.</param>
    /// <param name="idName">The name of the id's parameter.</param>
    /// <param name="ids">The ids of the command line.</param>
    /// <param name="matchBy">What identifies an item in place of its id; null for the id.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: several ids stand beside rows, or what identifies an item has a value as well.</exception>
    public void RefuseContradictions(ResourceDescriptor resource, string idName, IReadOnlyList<string?> ids, ItemComparer? matchBy)
    {
        if (ids.Count > 1 && _command.MyInvocation.ExpectingInput)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"Rows are piped in, and -{idName} names {ids.Count} items: which row is for which?",
                "Give the rows a column with the id, or specify one item.");
        }

        if (matchBy?.Fields.FirstOrDefault(Values.ContainsKey) is { } field)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"-MatchBy {MatchKey.NameOf(field.Name)} and -{MatchKey.NameOf(field.Name)} contradict each other: the value identifies the {resource.Noun}, so it cannot be changed.",
                "Specify the value in the rows or as the id, or omit -MatchBy.");
        }
    }

    /// <summary>
    /// Adds the id and the account of the command line. They are for every row, so a row that names others is in the wrong file, or the command line is
    /// left over from another one. A script block was written for the rows, and takes precedence.
    /// </summary>
    /// <param name="content">The content of the row.</param>
    /// <param name="row">The row itself, for script blocks.</param>
    /// <param name="idName">The name of the id's parameter.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.InvalidCell"/>: the row names others.</exception>
    public void AddReferences(RowContent content, PSObject row, string idName)
    {
        var id = Id?.Invoke(row);
        if (id is not null && !IsIdDelayed)
        {
            CheckAgrees(idName, id, content.IdColumn, content.Id);
        }

        var account = AccountId();
        if (account is not null && !IsAccountDelayed)
        {
            CheckAgrees("AccountId", account, content.AccountColumn, content.AccountId);
        }

        content.Id = id ?? content.Id;
        content.AccountId = account ?? content.AccountId;
        CheckAccount(content.AccountId, account is null ? content.AccountColumn : "-AccountId");
    }

    /// <summary>Refuses an account that is not that of a connection which the command line specifies: the rows may be those of another one.</summary>
    /// <param name="account">The account; null or empty for the connection's own.</param>
    /// <param name="source">What specifies it, as messages name it; empty for a piped object.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.InvalidCell"/>: it is another account.</exception>
    public void CheckAccount(string? account, string source)
    {
        if (ConnectionAccount is { } own && account is { Length: > 0 } && source != "-AccountId" && !string.Equals(account, own, StringComparison.OrdinalIgnoreCase))
        {
            throw new AclException(
                ErrorKind.InvalidCell,
                $"{(source.Length == 0 ? "The piped object" : $"Column '{DisplayText.Of(source)}'")} is of the account '{DisplayText.Of(account)}', but -Connection specifies a connection to the account '{own}'. Nothing was sent for this row.",
                "Remove the column or use Select-Object -ExcludeProperty to write to the connection's account, or specify -AccountId or another connection.");
        }
    }

    /// <summary>The account of the connection that the command line specifies; null where it specifies none, or the connection has no account.</summary>
    public string? ConnectionAccount { get; init; }

    /// <summary>
    /// What the command line specifies for all rows by a parameter that stands for no field; read again for each row where it was given a script block.
    /// </summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="read">Reads its present value.</param>
    public static Func<string?> Read(PSCmdlet command, string parameter, Func<string?> read)
    {
        if (command.MyInvocation.BoundParameters.TryGetValue(parameter, out var bound) && IsDelayed(bound))
        {
            return read;
        }

        var constant = read();
        return () => constant;
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

    /// <summary>
    /// Until the first row, the engine keeps a script block that it is to run for each row in a wrapper of its own, which is not public; in Windows
    /// PowerShell it is the script block itself.
    /// </summary>
    private static bool IsDelayed(object? bound) => bound is ScriptBlock || bound?.GetType().Name == "DelayedScriptBlockArgument";

    /// <summary>An argument's value. Unlike an empty cell, an empty argument is meant: it sets the empty text, and $null clears.</summary>
    private static JToken ReadArgument(FieldParameter parameter, object? given)
    {
        if (given is null || (given is string?[] { Length: 1 } only && only[0] is null))
        {
            return JValue.CreateNull();
        }

        // A text parameter that accepts several texts has one here.
        return CellParser.TryParseArgument(parameter.Field, parameter.Field.Kind == FieldKind.Text && given is string[] single ? single[0] : given, out var value)
            ? value
            : throw new AclException(
                ErrorKind.ValidationFailed,
                $"-{parameter.Name} is '{CellText.Of(given)}'; allowed: {parameter.Field.Allowed}.",
                "Correct the value.");
    }

    private static FieldDescriptor FindFieldToClear(IReadOnlyList<FieldParameter> parameters, string name)
    {
        var field = parameters.FirstOrDefault(parameter => parameter.Names.Contains(name, StringComparer.OrdinalIgnoreCase))?.Field;
        if (field is { Nullable: true })
        {
            return field;
        }

        var clearable = parameters.Where(parameter => parameter.Field.Nullable).Select(parameter => parameter.Name).ToArray();
        throw new AclException(
            ErrorKind.ValidationFailed,
            $"-Clear {name}: {(field is null ? "there is no such field" : "the service does not take null for it")}.",
            clearable.Length == 0 ? "No field of this kind can be cleared." : $"These can be cleared: {string.Join(", ", clearable)}.");
    }
}
