using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Reflection;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using AclAdmin.Commands;

namespace AclAdmin.Completion;

/// <summary>Offers the values that the field table allows for a field.</summary>
public sealed class FieldValueCompleter : IArgumentCompleter
{
    private static readonly Offer[] Truth = [new("$true") { IsExpression = true }, new("$false") { IsExpression = true }];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var field = CommandFields.Of(commandName).FirstOrDefault(parameter => parameter.Name.Equals(parameterName, StringComparison.OrdinalIgnoreCase))?.Field;
        if (field?.Kind == FieldKind.Boolean)
        {
            return Offers.Fitting(wordToComplete, Truth);
        }

        // A list is filtered by values, too, that the service shows and does not accept.
        var readOnly = CommandFields.HasVerb(commandName, "Get") ? field?.ReadOnlyValues ?? [] : [];
        return CommandFields.Offer((field?.AllowedValues ?? Enumerable.Empty<string>()).Concat(readOnly), wordToComplete);
    }
}

/// <summary>Offers the fields that can be cleared.</summary>
public sealed class ClearableFieldCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var isPartial = CommandFields.HasVerb(commandName, "Set") && !fakeBoundParameters.Contains("Replace");
        return CommandFields.Offer(
            CommandFields.Of(commandName)
                .Where(parameter => parameter.Field.Nullable && (parameter.Field.NullableInUpdate || !isPartial))
                .Select(parameter => parameter.Name),
            wordToComplete);
    }
}

/// <summary>Offers the entries of the rule on the command line as those to remove.</summary>
public sealed class EntryCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var sids = (LanguagePrimitives.TryConvertTo<string[]>(fakeBoundParameters["RuleSid"], out var named) ? named : null) ?? [];
        var entries = IdCompleter.Find(commandName, fakeBoundParameters)
            .OfType<AccessControlRule>()
            .Where(rule => sids.Contains(rule.RuleSid, StringComparer.OrdinalIgnoreCase))
            .SelectMany(rule => rule.Entries ?? Enumerable.Empty<string>());
        return CommandFields.Offer(entries.Distinct(StringComparer.Ordinal), wordToComplete);
    }
}

/// <summary>Offers the keys that can identify an item of the list that a cmdlet works on.</summary>
public sealed class MatchKeyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CommandFields.DefinitionOf(commandName) is { } definition ? CommandFields.Offer(MatchKey.NamesOf(definition.Resource), wordToComplete) : [];
}

/// <summary>Offers the names of connections: those of the cmdlet's service, or all where it has none.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var names = ConnectionLookup.All(CommandFields.ServiceOf(commandName)).Select(connection => connection.Name);
            return CommandFields.Offer(names.Distinct(StringComparer.OrdinalIgnoreCase), wordToComplete);
        }
        catch (AclException)
        {
            // The environment contains an unusable value.
            return [];
        }
    }
}

/// <summary>What completers share.</summary>
internal static class CommandFields
{
    /// <summary>The parameters of a cmdlet that stand for fields; none for a name that is not one of this module's.</summary>
    public static IReadOnlyList<FieldParameter> Of(string commandName) => TypeOf(commandName) is { } type ? FieldParameter.Of(type) : [];

    /// <summary>The list that a cmdlet works on; null for a name that is not one of this module's.</summary>
    public static IResourceDefinition? DefinitionOf(string commandName) => TypeOf(commandName) is { } type ? ResourceDefinitions.OfCommand(type) : null;

    /// <summary>Whether a command has a verb.</summary>
    public static bool HasVerb(string commandName, string verb) => BareName(commandName).StartsWith(verb + "-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The values that start with the typed text.</summary>
    public static IEnumerable<CompletionResult> Offer(IEnumerable<string> values, string word) => Offers.Fitting(word, values.Select(value => new Offer(value)));

    /// <summary>The service that a cmdlet works with; null where it works with any, or is not one of this module's.</summary>
    public static ServiceProfile? ServiceOf(string commandName) =>
        TypeOf(commandName) is { IsAbstract: false } type && typeof(ConnectedCommand).IsAssignableFrom(type)
            ? ((ConnectedCommand)Activator.CreateInstance(type)!).CompletedService
            : null;

    private static Type? TypeOf(string commandName)
    {
        var bare = BareName(commandName);
        return typeof(CommandFields).Assembly.GetTypes()
            .FirstOrDefault(candidate => bare.Equals(CmdletName(candidate.GetCustomAttribute<CmdletAttribute>()), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The name without that of its module.</summary>
    private static string BareName(string commandName) => commandName.Substring(commandName.LastIndexOf('\\') + 1);

    private static string? CmdletName(CmdletAttribute? cmdlet) => cmdlet is null ? null : $"{cmdlet.VerbName}-{cmdlet.NounName}";
}
