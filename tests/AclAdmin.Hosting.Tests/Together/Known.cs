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

    /// <summary>The fault for which a case differs with an option, alone or in a pair; null where none is known.</summary>
    public static string? OfOption(string name, string options) =>
        Options.FirstOrDefault(known => (name.StartsWith(known.Case, StringComparison.Ordinal) || known.Case == "*") && options.Contains(known.Option, StringComparison.Ordinal)).Fault;
}
