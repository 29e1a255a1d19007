using System;
using System.Linq;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>What fails for a known fault, by the fault. A line goes with the fault; the tables are empty in the end.</summary>
internal static class Known
{
    private static readonly (string Case, string Option, string Fault)[] Options = [];

    /// <summary>Without a form, in every form but results.</summary>
    private static readonly (string Cmdlet, string? Form, string Fault)[] Trips = [];

    /// <summary>The fault for which what a Get- cmdlet wrote does not come back unchanged; null where none is known.</summary>
    public static string? OfTrip(string cmdlet, string form) =>
        Trips.FirstOrDefault(known => cmdlet.StartsWith(known.Cmdlet, StringComparison.Ordinal) && (known.Form ?? (form == "results" ? "" : form)) == form).Fault;

    private static readonly (string Way, string Fault)[] Readings = [];

    /// <summary>The fault for which a way to read costs more requests than it needs; null where none is known.</summary>
    public static string? OfReading(string way) => Readings.FirstOrDefault(known => known.Way == way).Fault;

    /// <summary>The fault for which a case differs with an option, alone or in a pair; null where none is known.</summary>
    public static string? OfOption(string name, string options) =>
        Options.FirstOrDefault(known => (name.StartsWith(known.Case, StringComparison.Ordinal) || known.Case == "*") && options.Contains(known.Option, StringComparison.Ordinal)).Fault;
}
