using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using AclAdmin.Binding;
using AclAdmin.Client.Connections;
using AclAdmin.Client.Resources;

namespace AclAdmin.Completion;

/// <summary>Offers what the field table allows for a field.</summary>
public sealed class FieldValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var field = CommandFields.Of(commandName).FirstOrDefault(parameter => parameter.Name.Equals(parameterName, StringComparison.OrdinalIgnoreCase))?.Field;
        IReadOnlyList<string> values = field?.Kind == FieldKind.Boolean ? ["$true", "$false"] : field?.AllowedValues ?? [];
        return CommandFields.Offer(values, wordToComplete);
    }
}

/// <summary>Offers the fields that can be cleared.</summary>
public sealed class ClearableFieldCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CommandFields.Offer(CommandFields.Of(commandName).Where(parameter => parameter.Field.Nullable).Select(parameter => parameter.Name), wordToComplete);
}

/// <summary>Offers the names of connections.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CommandFields.Offer(ConnectionStore.Shared.All.Select(connection => connection.Name), wordToComplete);
}

/// <summary>What completers share.</summary>
internal static class CommandFields
{
    /// <summary>The parameters of a cmdlet that stand for fields; none for a name that is not one of this module's.</summary>
    public static IReadOnlyList<FieldParameter> Of(string commandName) => TypeOf(commandName) is { } type ? FieldParameter.Of(type) : [];

    /// <summary>The list that a cmdlet works on; null for a name that is not one of this module's.</summary>
    public static IResourceDefinition? DefinitionOf(string commandName) => TypeOf(commandName) is { } type ? ResourceDefinitions.OfCommand(type) : null;

    /// <summary>The values that start with what is typed, quoted where they need to be.</summary>
    public static IEnumerable<CompletionResult> Offer(IEnumerable<string> values, string word)
    {
        var typed = word.Trim('\'', '"');
        return values
            .Where(value => value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(value => new CompletionResult(Quote(value), value, CompletionResultType.ParameterValue, value));
    }

    private static Type? TypeOf(string commandName)
    {
        var bare = commandName.Substring(commandName.LastIndexOf('\\') + 1);
        return typeof(CommandFields).Assembly.GetTypes()
            .FirstOrDefault(candidate => bare.Equals(CmdletName(candidate.GetCustomAttribute<CmdletAttribute>()), StringComparison.OrdinalIgnoreCase));
    }

    private static string? CmdletName(CmdletAttribute? cmdlet) => cmdlet is null ? null : $"{cmdlet.VerbName}-{cmdlet.NounName}";

    private static string Quote(string value) => value.Contains(' ') ? $"'{value.Replace("'", "''")}'" : value;
}
