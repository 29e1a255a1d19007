using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Testing;
using Xunit.Sdk;
using Xunit.v3;

namespace AclAdmin.PesterTests;

/// <summary>
/// Runs the Pester files of a test run a few at a time. xunit runs the cases of one theory one after another, so the runs are started ahead of their cases, as
/// soon as it is known which cases were selected; a case then waits for the run of its file. Files that wait for an injected fault or a child process leave a
/// core idle: hence one more at a time than a CI machine has cores. An engine starts, compiles its commands and loads Pester anew for each process, which is a
/// third of the work of most files: hence several files share one.
/// </summary>
public sealed class PesterSchedule : ITestCaseOrderer
{
    private const int AtATime = 3;

    private static readonly ConcurrentDictionary<string, Lazy<Task<PesterRun>>> Runs = new(StringComparer.Ordinal);

    private static readonly SemaphoreSlim Slots = new(AtATime);

    // Short files that take long: a package is built, every example is run, a thousand rows are sent for each fault. They come first, the others by size.
    private static readonly string[] Slow = ["Examples.Tests.ps1", "Package.Tests.ps1", "Faults.Tests.ps1", "New-ImpersonationRegistryEntry.LostAnswer.Tests.ps1", "Help.Tests.ps1"];

    private const int FilesPerEngine = 4;

    // What it lists are the runs of the process, and it tests that there is none at first.
    private static readonly string[] Alone = ["Get-AclRun.Tests.ps1"];

    /// <summary>The run of a file: the one that was started ahead, or a new one.</summary>
    public static Task<PesterRun> RunAsync(string file) => Runs.GetOrAdd(file, name => new Lazy<Task<PesterRun>>(() => RunInSlotAsync([name]))).Value;

    /// <summary>Starts the files of the selected cases, and puts the cases into the order in which their files were started.</summary>
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase
    {
        // A long run that is started last would be waited for alone.
        var ordered = testCases.OrderByDescending(testCase => Weight(FileOf(testCase))).ToList();
        if (!Engine.IsSkipped)
        {
            foreach (var files in Group(ordered.Select(testCase => FileOf(testCase)).OfType<string>()))
            {
                var run = new Lazy<Task<PesterRun>>(() => RunInSlotAsync(files));
                foreach (var file in files)
                {
                    Runs.TryAdd(file, run);
                }

                _ = run.Value;
            }
        }

        return ordered;
    }

    /// <summary>The files in the order in which they start, those that share an engine together.</summary>
    private static IEnumerable<string[]> Group(IEnumerable<string> files)
    {
        var byCompany = files.ToLookup(file => Slow.Contains(file) || Alone.Contains(file));
        return byCompany[true].Select(file => new[] { file }).Concat(byCompany[false].Chunk(FilesPerEngine));
    }

    private static long Weight(string? file) => file is null ? 0 : Slow.Contains(file) ? long.MaxValue : PesterFiles.SizeOf(file);

    private static string? FileOf(ITestCase testCase) => (testCase as XunitTestCase)?.TestMethodArguments.FirstOrDefault() as string;

    private static async Task<PesterRun> RunInSlotAsync(string[] files)
    {
        await Slots.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (var counts in files.Select(PesterFiles.CountsOf))
            {
                // An earlier run's must not pass for this one's.
                counts.Directory!.Create();
                counts.Delete();
            }

            return await PesterRun.StartAsync(files).ConfigureAwait(false);
        }
        finally
        {
            Slots.Release();
        }
    }
}
