using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AclAdmin.Testing;
using Xunit;

namespace AclAdmin.PesterTests;

/// <summary>
/// Runs each Pester file of this folder as one case. Where the engine is missing, each case fails with the reason in one line; ACLADMIN_SKIP_ENGINE=1 skips
/// them. What Pester counted is left in TestResults/pester for the closing line of .ci/run.
/// </summary>
[TestCaseOrderer(typeof(PesterSchedule))]
public sealed class PesterFiles
{
    internal static readonly string Root = FindRoot();

    private static readonly string Folder = Path.Combine(Root, "tests", "Module");

    /// <summary>The names of all files.</summary>
    public static TheoryData<string> Names =>
        new(new DirectoryInfo(Folder).GetFiles("*.Tests.ps1").Select(file => file.Name).Order(StringComparer.Ordinal));

    /// <summary>Every test in the file passes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Passes(string file)
    {
        Assert.SkipWhen(Engine.IsSkipped, "ACLADMIN_SKIP_ENGINE is 1.");
        var run = await PesterSchedule.RunAsync(file);

        // An engine runs several files: a file is judged by its own counts, and one whose engine ended before it has none.
        var left = CountsOf(file);
        Assert.True(left.Exists, $"{file} did not run to its end.\n{run.Output}");
        var counts = JsonDocument.Parse(await File.ReadAllTextAsync(left.FullName, TestContext.Current.CancellationToken)).RootElement;
        Assert.True(counts.GetProperty("failed").GetInt32() == 0, run.Output);
        Assert.True(counts.GetProperty("passed").GetInt32() > 0, $"{file} ran no test.\n{run.Output}");
    }

    /// <summary>What Pester counted in a file; absent until the file has run.</summary>
    internal static FileInfo CountsOf(string file) => new(Path.Combine(Root, "TestResults", "pester", file + ".json"));

    internal static long SizeOf(string file) => new FileInfo(Path.Combine(Folder, file)).Length;

    internal static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AclAdmin.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("AclAdmin.sln is in no folder above the tests.");
        }

        return folder;
    }
}
