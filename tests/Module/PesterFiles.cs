using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AclAdmin.Testing;
using Xunit;

namespace AclAdmin.PesterTests;

/// <summary>
/// Runs each Pester file of this folder in an engine of its own, as one case. Where the engine is missing, each case fails with the reason in one line;
/// ACLADMIN_SKIP_ENGINE=1 skips them. What Pester counted is left in TestResults/pester for the closing line of .ci/run.
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
        Assert.True(run.ExitCode == 0, run.Output);
        var counts = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Root, "TestResults", "pester", file + ".json"), TestContext.Current.CancellationToken));
        Assert.True(counts.RootElement.GetProperty("passed").GetInt32() > 0, $"{file} ran no test.\n{run.Output}");
    }

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
