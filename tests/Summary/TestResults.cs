using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;

namespace AclAdmin.Summary;

/// <summary>The tests of one run, counted: xunit's by outcome, apart from the cases that each wrap a Pester file, and Pester's own.</summary>
/// <param name="Xunit">How many tests of xunit had each outcome, by the name that a trx file gives it: Passed, Failed, NotExecuted.</param>
/// <param name="Files">The same for the cases that wrap a Pester file each.</param>
/// <param name="Pester">What Pester counted within those files: passed, failed, skipped.</param>
public sealed record TestResults(IReadOnlyDictionary<string, int> Xunit, IReadOnlyDictionary<string, int> Files, IReadOnlyDictionary<string, int> Pester)
{
    // tests/Module/PesterFiles.cs: one case for each file.
    private const string WrappingTest = "AclAdmin.PesterTests.PesterFiles.Passes";

    /// <summary>Reads the trx files of a results folder, and the counts that Pester's files left in its folder "pester".</summary>
    /// <exception cref="XmlException">A trx file is damaged.</exception>
    /// <exception cref="JsonException">A file of counts is damaged.</exception>
    public static TestResults Read(string folder)
    {
        var xunit = new Dictionary<string, int>();
        var files = new Dictionary<string, int>();
        var pester = new Dictionary<string, int>();
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories) : [])
        {
            using var reader = XmlReader.Create(path);
            while (reader.ReadToFollowing("UnitTestResult", "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"))
            {
                var isWrapping = reader.GetAttribute("testName")!.StartsWith(WrappingTest, System.StringComparison.Ordinal);
                Add(isWrapping ? files : xunit, reader.GetAttribute("outcome")!, 1);
            }
        }

        var counts = Path.Combine(folder, "pester");
        foreach (var path in Directory.Exists(counts) ? Directory.EnumerateFiles(counts, "*.json") : [])
        {
            using var file = JsonDocument.Parse(File.ReadAllText(path));
            foreach (var count in file.RootElement.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Number))
            {
                Add(pester, count.Name, count.Value.GetInt32());
            }
        }

        return new TestResults(xunit, files, pester);
    }

    /// <summary>The figures of the closing line. A run that failed has at least one failed test.</summary>
    /// <param name="status">The exit code of dotnet test.</param>
    public (int Passed, int Failed, int Skipped) Totals(int status)
    {
        var (passed, failed) = (Of(Xunit, "Passed") + Of(Pester, "passed"), Failures);
        return (passed, status != 0 && failed == 0 ? 1 : failed, Of(Xunit, "NotExecuted") + Of(Files, "NotExecuted") + Of(Pester, "skipped"));
    }

    /// <summary>What is wrong with the run beside the tests that failed.</summary>
    /// <param name="status">The exit code of dotnet test.</param>
    public IEnumerable<string> Problems(int status)
    {
        if (status != 0 && Failures == 0)
        {
            yield return $"dotnet test ended with {status} although no test failed.";
        }

        if (Totals(status).Passed == 0)
        {
            yield return "No test passed: something is wrong with the run itself.";
        }
    }

    // A Pester file that failed without leaving counts must not look like none.
    private int Failures => Of(Xunit, "Failed") + (Of(Pester, "failed") is > 0 and var failed ? failed : Of(Files, "Failed"));

    private static int Of(IReadOnlyDictionary<string, int> counts, string key) => counts.GetValueOrDefault(key);

    private static void Add(Dictionary<string, int> counts, string key, int count) => counts[key] = counts.GetValueOrDefault(key) + count;
}
