using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>Time is injected, so that what waits and what expires is tested without sleeping.</summary>
public sealed partial class TimeTests
{
    private const string Clock = "AclAdmin.Client/Http/Requests/Clock.cs";

    /// <summary>The files that read the system's time, and why each may.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        [Clock] = "the clock itself",
        ["AclAdmin.Client/Changes/Runs/ChangeRunner.cs"] = "bounds how long a thread waits for others",
        ["AclAdmin.Client/Changes/Journal/JournalFile.cs"] = "bounds how long a file that another process holds is waited for",
        ["AclAdmin/Commands/Changes/ExportAclChangeReportCommand.cs"] = "the date of a report, which the page's maker receives",
        ["AclAdmin/Commands/Common/SyncCommand.cs"] = "the date of a plan, which the plan receives",
        ["AclAdmin/Completion/IdCompleter.cs"] = "how long completed ids are kept in an interactive session",
        ["AclAdmin/Runs/PlanStore.cs"] = "the date of a claim, which the claim receives",
        ["AclAdmin/Runs/ProgressReporter.cs"] = "how often a progress bar is drawn",
        ["AclAdmin/Runs/RunRecorder.cs"] = "when a run began, for people",
        ["AclAdmin/Runs/RunSummary.cs"] = "how long a run took, for people",
        ["AclAdmin/Runs/RunnerDrain.cs"] = "bounds how long the pipeline's thread waits for others",
        ["AclAdmin/Streams/ReadingProgress.cs"] = "how often a progress bar is drawn",
        ["AclAdmin/Streams/RequestReporter.cs"] = "what a progress bar shows of a wait",
    };

    /// <summary>Only the clock reads the system's time.</summary>
    [Fact]
    public void Time_is_read_from_the_clock()
    {
        var readers = FindReaders();

        Rule.Holds(
            readers.Where(file => !Allowed.ContainsKey(file)).Select(file => $"{file} reads the system's time"),
            "use the connection's IClock, or have the caller hand in the time.");
    }

    /// <summary>A file that no longer reads it leaves the list.</summary>
    [Fact]
    public void Files_that_may_read_the_time_do() => Rule.Holds(
        Allowed.Keys.Except(FindReaders()).Select(file => $"{file} does not read the system's time"), "remove it from the list.");

    private static string[] FindReaders()
    {
        var source = Path.Combine(Repository.Root, "src");
        return [.. from file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(source, file).Replace('\\', '/')
            where !name.Split('/').Any(part => part is "obj" or "bin") && SystemTime().IsMatch(File.ReadAllText(file))
            select name];
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b|\bStopwatch\.(StartNew|GetTimestamp)\b|\bnew Stopwatch\b|\bEnvironment\.TickCount|\bTask\.Delay\(|\bThread\.Sleep\(|\bTimeProvider\.System\b")]
    private static partial Regex SystemTime();
}
