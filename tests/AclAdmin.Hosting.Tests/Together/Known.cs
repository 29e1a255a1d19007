using System;
using System.Linq;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>What fails for a known fault, by the fault. A line goes with the fault; the tables are empty in the end.</summary>
internal static class Known
{
    private static readonly (string Case, string Option, string Fault)[] Options =
    [
        ("Remove-", "JournalPath", "A journal takes the error of an id without a route, and the warning about an unknown id, for a removal that was done before."),
    ];

    /// <summary>Without a form, in every form but results.</summary>
    private static readonly (string Cmdlet, string? Form, string Fault)[] Trips =
    [
        ("Set-ImpersonationRegistryEntry", "results", "A result of a synced entry that specifies nothing is an error, where its row is unchanged."),
        ("Update-AccessControlRule", "results", "A result of a read-only rule that specifies nothing is an error, where its row is unchanged."),
        ("Set-AccessControlList", null, "The row of a list that the parent partner has assigned is carried out on the partner's own list of that direction."),
        ("Remove-AccessControlList", null, "The same: the partner's own list is removed, or a rule is removed from it."),
        ("Add-AccessControlListRule", null, "The same: rules are added to the partner's own list."),
    ];

    /// <summary>The fault for which what a Get- cmdlet wrote does not come back unchanged; null where none is known.</summary>
    public static string? OfTrip(string cmdlet, string form) =>
        Trips.FirstOrDefault(known => cmdlet.StartsWith(known.Cmdlet, StringComparison.Ordinal) && (known.Form ?? (form == "results" ? "" : form)) == form).Fault;

    private static readonly (string Way, string Fault)[] Readings =
    [
        ("by key", PerValue),
        ("by key in capitals", PerValue),
        ("piped keys", PerValue),
        ("piped rows with keys", PerValue),
        ("piped results by key", PerValue),
    ];

    private const string PerValue = "Get- with -MatchBy reads the whole list for each value.";

    /// <summary>The fault for which a way to read costs more requests than it needs; null where none is known.</summary>
    public static string? OfReading(string way) => Readings.FirstOrDefault(known => known.Way == way).Fault;

    /// <summary>The fault for which a case differs with an option, alone or in a pair; null where none is known.</summary>
    public static string? OfOption(string name, string options) =>
        Options.FirstOrDefault(known => (name.StartsWith(known.Case, StringComparison.Ordinal) || known.Case == "*") && options.Contains(known.Option, StringComparison.Ordinal)).Fault;
}
