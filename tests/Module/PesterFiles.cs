using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AclAdmin.Testing;
using Xunit;

namespace AclAdmin.PesterTests;

/// <summary>
/// Runs each Pester file of this folder in an engine of its own, as one case. Where the engine is missing, each case fails with the reason in one line;
/// ACLADMIN_SKIP_ENGINE=1 skips them. What Pester counted is left in TestResults/pester for the closing line of .ci/run. xunit runs the cases of one class
/// one after another, so the files are dealt out to two lanes: most of a file's time is one thread's, and CI machines have two cores.
/// </summary>
public abstract class PesterFiles
{
    private const int Lanes = 2;

    private static readonly string Root = FindRoot();

    // Looked for once: one that ACLADMIN_ENGINE names is started to learn its version.
    private static readonly Lazy<(Engine? Engine, string? Problem)> Found = new(FindEngine);

    /// <summary>The files of one lane: every second one, by size, so that the lanes take about the same time.</summary>
    protected static TheoryData<string> Lane(int lane) =>
        new(new DirectoryInfo(Path.Combine(Root, "tests", "Module")).GetFiles("*.Tests.ps1")
            .OrderByDescending(file => file.Length).ThenBy(file => file.Name, StringComparer.Ordinal)
            .Where((_, index) => index % Lanes == lane).Select(file => file.Name));

    /// <summary>Runs a file; every test in it must pass.</summary>
    protected static async Task RunFileAsync(string file)
    {
        Assert.SkipWhen(Engine.IsSkipped, "ACLADMIN_SKIP_ENGINE is 1.");
        if (Found.Value.Engine is not { } engine)
        {
            Assert.Fail(Found.Value.Problem!);
            return;
        }

        var (exitCode, output) = await RunAsync(
            engine, "-NoProfile", "-NonInteractive", "-File", Path.Combine(Root, "tests", "Module", "Support", "Invoke-PesterFile.ps1"), "-Name", file);

        Assert.True(exitCode == 0, output);
        var counts = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Root, "TestResults", "pester", file + ".json"), TestContext.Current.CancellationToken));
        Assert.True(counts.RootElement.GetProperty("passed").GetInt32() > 0, $"{file} ran no test.\n{output}");
    }

    private static (Engine? Engine, string? Problem) FindEngine()
    {
        try
        {
            Engine.AssertPester();
            return (Engine.Find(), null);
        }
        catch (EngineMissingException problem)
        {
            return (null, problem.Message);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(Engine engine, params string[] arguments)
    {
        var start = engine.Start(arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = Root;

        // Nothing of the person's own may reach a test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CLOUDFLARE_", StringComparison.Ordinal) || name.StartsWith("CARRIERX_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["ACLADMIN_TEST_CONFIGURATION"] = Configuration;
        start.Environment["NO_COLOR"] = "1";
        // The packaged engine has no precompiled code, and a test ends before code that is measured and compiled anew would pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

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
