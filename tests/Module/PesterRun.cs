using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Testing;

namespace AclAdmin.PesterTests;

/// <summary>What came of the Pester files that were run in one engine.</summary>
/// <param name="ExitCode">0 if every test of every file passed; 1 as well where there is no engine to run them.</param>
/// <param name="Output">What the engine printed, or why there is none.</param>
public sealed record PesterRun(int ExitCode, string Output)
{
    // The runtime reads these numbers as hexadecimal: code is optimized after 4,096 calls, once no new code has come for 4,096 milliseconds.
    private static readonly (string Name, string Value)[] ShortLived =
    [
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_TC_CallCountThreshold", "1000"),
        ("DOTNET_TC_CallCountingDelayMs", "1000"),
    ];

    // Looked for once: one that ACLADMIN_ENGINE names is started to learn its version.
    private static readonly Lazy<(Engine? Engine, string? Problem)> Found = new(FindEngine);

    /// <summary>Runs files one after another, in an engine that ends with them.</summary>
    public static async Task<PesterRun> StartAsync(params IReadOnlyCollection<string> files)
    {
        if (Found.Value.Engine is not { } engine)
        {
            return new PesterRun(1, Found.Value.Problem!);
        }

        var script = Path.Combine(PesterFiles.Root, "tests", "Module", "Support", "Invoke-PesterFile.ps1");
        var start = engine.Start(["-NoProfile", "-NonInteractive", "-File", script, "-Name", string.Join(',', files)]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = PesterFiles.Root;

        // Nothing of the person's own may reach a test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CLOUDFLARE_", StringComparison.Ordinal) || name.StartsWith("CARRIERX_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["ACLADMIN_TEST_CONFIGURATION"] = Configuration;
        start.Environment["NO_COLOR"] = "1";
        // The packaged engine has no precompiled code, and a test ends before code that is measured, or compiled a second time, would pay. The children of the
        // test, sandboxes above all, inherit these settings of the runtime.
        foreach (var (name, value) in ShortLived)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        return new PesterRun(process.ExitCode, await output.ConfigureAwait(false) + await errors.ConfigureAwait(false));
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

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
}
