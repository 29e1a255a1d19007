using System;
using System.Collections;
using System.Globalization;
using System.Linq;

namespace AclAdmin.Runs;

/// <summary>
/// The command line of a run as a journal holds it: put together of the parameters, as the line that was typed may contain a secret beside them. What is
/// no text, number, choice or list of those appears as its type.
/// </summary>
internal static class JournalCommandLine
{
    private const int MaxLength = 2000;

    /// <summary>The cmdlet with its parameters. To be called while no row is bound.</summary>
    public static string Of(InvocationInfo invocation)
    {
        var parameters = invocation.BoundParameters
            .Where(parameter => parameter.Key != "InputObject")
            .Select(parameter => Format(parameter.Key, parameter.Value));
        var line = string.Join(" ", new[] { invocation.MyCommand.Name }.Concat(parameters));
        return line.Length <= MaxLength ? line : line.Substring(0, MaxLength) + "...";
    }

    /// <summary>The script and the line that call the cmdlet; null at a prompt.</summary>
    public static string? ScriptOf(InvocationInfo invocation) =>
        string.IsNullOrEmpty(invocation.ScriptName) ? null : FormattableString.Invariant($"{invocation.ScriptName}:{invocation.ScriptLineNumber}");

    private static string Format(string name, object? value) => value switch
    {
        SwitchParameter { IsPresent: true } => $"-{name}",
        SwitchParameter => $"-{name}:$false",
        _ => $"-{name} {Format(value)}",
    };

    private static string Format(object? value) => value switch
    {
        PSObject wrapped => Format(wrapped.BaseObject),
        null => "$null",
        string text => $"'{text.Replace("'", "''")}'",
        bool flag => flag ? "$true" : "$false",
        Enum choice => choice.ToString(),
        IFormattable number when value.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        AclConnection connection => Format(connection.Name),
        IDictionary => $"<{value.GetType().Name}>",
        IEnumerable items => string.Join(",", items.Cast<object?>().Select(Format)),
        _ => $"<{value.GetType().Name}>",
    };
}
