using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace AclAdmin.Summary;

/// <summary>The lines of the library that a test run passed through.</summary>
/// <param name="Covered">Lines that were run at least once.</param>
/// <param name="All">All lines that have code.</param>
public sealed record Coverage(int Covered, int All)
{
    /// <summary>Reads coverage.json, which coverlet writes; null where there is none.</summary>
    /// <exception cref="JsonException">The file is damaged.</exception>
    public static Coverage? Read(string folder)
    {
        var path = Path.Combine(folder, "coverage.json");
        if (!File.Exists(path))
        {
            return null;
        }

        // Assembly, file, class, method, then the lines: { "12": 3, ... } with how often each was run. A line of two methods, a lambda and its owner, counts once.
        using var report = JsonDocument.Parse(File.ReadAllText(path));
        var lines = report.RootElement.EnumerateObject()
            .SelectMany(assembly => assembly.Value.EnumerateObject())
            .SelectMany(file => file.Value.EnumerateObject()
                .SelectMany(type => type.Value.EnumerateObject())
                .SelectMany(method => method.Value.GetProperty("Lines").EnumerateObject())
                .GroupBy(line => line.Name, (_, hits) => hits.Max(line => line.Value.GetInt32())))
            .ToList();
        return new Coverage(lines.Count(hits => hits > 0), lines.Count);
    }

    /// <summary>As a share, with the figures that it is made of.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(All == 0 ? 0 : 100.0 * Covered / All):0.0} % of its lines ({Covered} of {All})");
}
