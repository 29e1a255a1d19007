using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace AclAdmin.Testing;

/// <summary>Runs the engine on the console of this process.</summary>
public static partial class EngineProcess
{
    /// <summary>Runs a script, or the engine with its own arguments, until it ends.</summary>
    /// <param name="arguments">A script (<c>./build.ps1</c>) and its arguments, or the engine's own arguments. None: an interactive session.</param>
    /// <returns>The exit code; 2 where there is no engine.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ProcessStartInfo start;
        try
        {
            start = Engine.Find().Start(EngineArguments(arguments));
        }
        catch (EngineMissingException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return 2;
        }

        if (Console.IsOutputRedirected)
        {
            start.Environment["NO_COLOR"] = "1";
        }

        // Ctrl+C reaches the engine as well, which stops what it runs, cleans up and ends; this process waits for that.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        using var process = Process.Start(start)!;
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            process.Kill(entireProcessTree: true);
        });
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>
    /// The engine's arguments. A script goes through -Command and not through -File, which would hand <c>-Task Build, Package</c> on as one text.
    /// </summary>
    /// <param name="arguments">As for <see cref="Run"/>.</param>
    public static IReadOnlyList<string> EngineArguments(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Count == 0 || !arguments[0].EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)
            ? arguments
            : ["-NoProfile", "-Command", string.Join(' ', arguments.Skip(1).Select(Word).Prepend("& " + Quote(Path.GetFullPath(arguments[0]))))];
    }

    private static string Word(string argument) => Plain().IsMatch(argument) ? argument : Quote(argument);

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[-\w.,:/\\*?=+]+$")]
    private static partial Regex Plain();
}
