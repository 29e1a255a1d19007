using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AclAdmin.PesterTests;

/// <summary>
/// Runs each Pester file of this folder in a PowerShell of its own, as one case. Where there is no PowerShell or no Pester, the cases are skipped
/// and say so. What Pester counted is left in TestResults/pester for the closing line of .ci/run.
/// </summary>
public sealed class PesterFiles
{
    private static readonly string Root = FindRoot();
    private static readonly Lazy<string?> Obstacle = new(FindObstacle);
    private static int _said;

    /// <summary>The Pester files, by name.</summary>
    public static TheoryData<string> Names =>
        new(Directory.GetFiles(Path.Combine(Root, "tests", "Module"), "*.Tests.ps1").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    /// <summary>Every test in the file passes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Passes(string file)
    {
        if (Obstacle.Value is { } obstacle)
        {
            SayOnce(obstacle);
            Assert.Skip(obstacle);
        }

        var (exitCode, output) = await RunAsync(
            "-NoProfile", "-NonInteractive", "-File", Path.Combine(Root, "tests", "Module", "Support", "Invoke-PesterFile.ps1"), "-Name", file);

        Assert.True(exitCode == 0, output);
        var counts = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Root, "TestResults", "pester", file + ".json"), TestContext.Current.CancellationToken));
        Assert.True(counts.RootElement.GetProperty("passed").GetInt32() > 0, $"{file} ran no test.\n{output}");
    }

    /// <summary>dotnet test names the cases that are skipped and not why; a diagnostic message it does show.</summary>
    private static void SayOnce(string obstacle)
    {
        if (Interlocked.Exchange(ref _said, 1) == 0)
        {
            TestContext.Current.SendDiagnosticMessage("The module's own tests are skipped. {0}", obstacle);
        }
    }

    private static string? FindObstacle()
    {
        try
        {
            var (exitCode, _) = RunAsync("-NoProfile", "-NonInteractive", "-Command", "exit [int](-not (Get-Module -ListAvailable Pester | Where-Object Version -ge 5.5))")
                .GetAwaiter().GetResult();
            return exitCode == 0
                ? null
                : "pwsh is on PATH, but Pester 5.5 or later is not installed: run Install-PSResource Pester to have the module's own tests run.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "There is no pwsh on PATH: install PowerShell 7.6 and Pester to have the module's own tests run.";
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("pwsh") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Nothing of the person's own may reach a test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CLOUDFLARE_", StringComparison.Ordinal) || name.StartsWith("CARRIERX_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["ACLADMIN_TEST_CONFIGURATION"] = Configuration;
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AclAdmin.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("AclAdmin.sln is in no folder above the tests.");
        }

        return folder;
    }
}
