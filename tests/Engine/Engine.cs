using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;

namespace AclAdmin.Testing;

/// <summary>
/// The PowerShell that runs the module: the packaged one, whose version Directory.Packages.props pins, or the one that ACLADMIN_ENGINE names. Whatever
/// else is on PATH is left alone, so that every machine runs the same tests in the same engine.
/// </summary>
public sealed class Engine
{
    private readonly string[] _command;
    private readonly bool _isDesktop;

    private Engine(string[] command, bool isDesktop)
    {
        _command = command;
        _isDesktop = isDesktop;
    }

    /// <summary>The version of the packaged PowerShell.</summary>
    public static string PowerShellVersion => Metadata("PowerShellEngineVersion");

    /// <summary>Whether ACLADMIN_SKIP_ENGINE=1 asks to skip what needs an engine.</summary>
    public static bool IsSkipped => Environment.GetEnvironmentVariable("ACLADMIN_SKIP_ENGINE") == "1";

    /// <summary>The manifest of the packaged Pester.</summary>
    public static string PesterPath => Path.Combine(PackageRoot, "pester", Metadata("PesterVersion"), "tools", "Pester.psd1");

    /// <summary>The assembly of the packaged PowerShell.</summary>
    public static string PackagedPath =>
        Path.Combine(PackageRoot, "powershell", PowerShellVersion, "tools", "net10.0", "any", OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");

    /// <summary>The dotnet that runs this process, or the one on PATH.</summary>
    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    private static string PackageRoot => Metadata("PackageRoot");

    /// <summary>Finds the engine.</summary>
    /// <exception cref="EngineMissingException">There is none, or the one that ACLADMIN_ENGINE names does not serve. The message is one line.</exception>
    public static Engine Find()
    {
        var asked = Environment.GetEnvironmentVariable("ACLADMIN_ENGINE");
        if (!string.IsNullOrWhiteSpace(asked))
        {
            return FindOwn(asked.Trim());
        }

        return File.Exists(PackagedPath)
            ? new Engine([Dotnet, PackagedPath], isDesktop: false)
            : throw new EngineMissingException($"The restore of PowerShell {PowerShellVersion} failed: {PackagedPath} is missing. {Advice}");
    }

    /// <summary>Checks that Pester is there.</summary>
    /// <exception cref="EngineMissingException">It is not. The message is one line.</exception>
    public static void AssertPester()
    {
        if (!File.Exists(PesterPath))
        {
            throw new EngineMissingException($"The restore of Pester {Metadata("PesterVersion")} failed: {PesterPath} is missing. {Advice}");
        }
    }

    /// <summary>How to start the engine with some arguments, in the folder and with the streams of this process.</summary>
    /// <param name="arguments">The engine's arguments.</param>
    public ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(_command[0]) { UseShellExecute = false };
        foreach (var argument in _command.Skip(1).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ACLADMIN_PESTER"] = PesterPath;
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        // A machine with nothing but a later .NET than the packaged PowerShell was built for runs it too.
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        if (OperatingSystem.IsWindows())
        {
            // The scripts are those of this clone; Windows PowerShell runs none as it comes.
            start.Environment["PSExecutionPolicyPreference"] = "Bypass";
        }

        if (_isDesktop)
        {
            // A path that PowerShell 7 left to this process holds modules that Windows PowerShell cannot load. Without one it makes its own.
            start.Environment.Remove("PSModulePath");
        }

        return start;
    }

    private static string Advice =>
        "Run `dotnet restore tests/Engine/Packages` to see why, then build again; or set ACLADMIN_ENGINE to a PowerShell 7.6 of your own, or ACLADMIN_SKIP_ENGINE=1 to skip these tests.";

    private static Engine FindOwn(string asked)
    {
        string[] command = asked.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [Dotnet, asked] : [asked];
        var start = new Engine(command, isDesktop: true).Start(["-NoProfile", "-NonInteractive", "-Command", EngineVersion.Query]);
        start.RedirectStandardOutput = true;
        try
        {
            using var process = Process.Start(start)!;
            var printed = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return EngineVersion.Problem(printed) is { } problem
                ? throw new EngineMissingException($"ACLADMIN_ENGINE is {asked}, which does not serve. {problem}")
                : new Engine(command, EngineVersion.IsDesktop(printed));
        }
        catch (Win32Exception problem)
        {
            throw new EngineMissingException($"ACLADMIN_ENGINE is {asked}, which does not start: {problem.Message}", problem);
        }
    }

    private static string Metadata(string key) =>
        typeof(Engine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
