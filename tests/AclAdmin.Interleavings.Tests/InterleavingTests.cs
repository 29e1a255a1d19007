using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Changes.Runs;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Requests;
using Microsoft.Coyote.Specifications;
using Xunit;

namespace AclAdmin.Interleavings.Tests;

/// <summary>What several threads use at once, under thousands of schedules.</summary>
public sealed class InterleavingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What the service of the pacer's test documents and keeps.</summary>
    private const int Limit = 10;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private static readonly string[] Ids = ["a", "a", "b", "c", "a", "d"];

    private static readonly string[] Holders = ["a", "b", "a"];

    private static readonly IRequestObserver Observer = SilentObserver.Instance;

    [Fact]
    public void Each_change_of_a_run_has_one_outcome_in_order_and_writes_to_an_item_never_overlap() => Schedules.Explore(async () =>
    {
        using var list = new StepList(id => id == "b" ? new AclException(ErrorKind.NotFound, "There is no b.") : null);
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(2, Observer, stopsAtError: false, CancellationToken.None);
        var outcomes = await RunAsync(runner, list);
        Specification.Assert(outcomes.SequenceEqual(["1 Changed", "2 Changed", "3 Failed", "4 Changed", "5 Changed", "6 Changed"]), string.Join(", ", outcomes));
        Check(list, 2);
        Specification.Assert(list.Begun.Count == Ids.Length, "Each change is sent once.");
    });

    [Fact]
    public void Nothing_is_sent_after_a_run_was_stopped_and_what_was_not_sent_ends_as_such() => Schedules.Explore(async () =>
    {
        using var list = new StepList();
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(2, Observer, stopsAtError: false, CancellationToken.None);
        var begun = -1;
        var stop = Task.Run(() =>
        {
            runner.StopSending();
            begun = list.CountBegun();
        });
        var outcomes = await RunAsync(runner, list);
        await stop;
        Specification.Assert(outcomes.Count == Ids.Length, "Each change has an outcome.");
        Specification.Assert(begun == list.Begun.Count, $"{list.Begun.Count - begun} writes began after the end.");
        Specification.Assert(outcomes.Count(outcome => outcome.EndsWith("Changed", StringComparison.Ordinal)) == list.Begun.Count, "What was sent is reported.");
        Specification.Assert(outcomes.Count(outcome => outcome.EndsWith("NotSent", StringComparison.Ordinal)) == Ids.Length - list.Begun.Count, "So is what was not.");
        Check(list, 2);
    });

    [Fact]
    public void An_error_that_no_row_survives_ends_a_run_and_each_row_has_its_outcome() => Schedules.Explore(async () =>
    {
        using var list = new StepList(id => id == "b" ? new AclException(ErrorKind.AuthenticationFailed, "No.") : null);
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(3, Observer, stopsAtError: false, CancellationToken.None);
        var outcomes = await RunAsync(runner, list);
        Specification.Assert(outcomes.Count == Ids.Length, "Each change has an outcome.");
        Specification.Assert(runner.IsEnding, "The run is ending.");
        Specification.Assert(outcomes.All(outcome => outcome.EndsWith("Changed", StringComparison.Ordinal) || outcome.EndsWith("Failed", StringComparison.Ordinal) || outcome.EndsWith("NotSent", StringComparison.Ordinal)), string.Join(", ", outcomes));
        Check(list, 3);
    });

    [Fact]
    public void A_run_that_is_cancelled_leaves_no_change_without_an_outcome() => Schedules.Explore(async () =>
    {
        using var list = new StepList();
        using var cancelling = new CancellationTokenSource();
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(2, Observer, stopsAtError: false, cancelling.Token);
        for (var row = 1; row <= 3; row++)
        {
            runner.Post(list.Change(Ids[row], row));
        }

        var cancel = Task.Run(cancelling.Cancel);
        runner.WaitFor(Awaited.Idle, Patience);
        runner.Abandon();
        await cancel;
        runner.Abandon();
        var outcomes = new List<ChangeOutcome<ImpersonationRegistryEntry>>();
        while (runner.TryDequeue(out var outcome))
        {
            outcomes.Add(outcome!);
        }

        Specification.Assert(outcomes.Count == 3, $"{outcomes.Count} of 3 outcomes.");
        Check(list, 2);
    });

    [Fact(Timeout = 120_000)]
    public Task A_pacer_lets_no_more_requests_through_than_the_window_has_and_everybody_gets_a_turn() => Schedules.RepeatAsync(async () =>
    {
        var (clock, gate) = (new StepClock(), new object());
        var pacer = new Pacer(clock, new PacingRule(Limit, Window));
        var (endsAt, left) = (TimeSpan.Zero, 0);
        await Task.WhenAll(Enumerable.Range(0, Limit + 4).Select(_ => Task.Run(async () =>
        {
            var excess = await pacer.AcquireAsync(Observer, CancellationToken.None);
            Specification.Assert(excess is null, "Nothing states a wait beyond the ceiling.");
            RateLimitHeaders headers;
            lock (gate)
            {
                if (clock.Elapsed >= endsAt)
                {
                    (endsAt, left) = (clock.Elapsed + Window, Limit);
                }

                Specification.Assert(--left >= 0, "A request was sent that the service refuses.");
                headers = new RateLimitHeaders(left, endsAt - clock.Elapsed, Limit);
            }

            await Task.Yield();
            pacer.Observe(headers);
        })));
    });

    [Fact]
    public void Locks_of_items_admit_one_holder_for_an_id_and_forget_who_gave_up() => Schedules.Explore(async () =>
    {
        var locks = new ItemLocks();
        using var cancelling = new CancellationTokenSource();
        var holders = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0 };
        async Task UseAsync(string id, CancellationToken cancellationToken)
        {
            using var turn = await locks.EnterAsync(id, cancellationToken);
            Specification.Assert(++holders[id] == 1, $"Two hold {id}.");
            await Task.Yield();
            holders[id]--;
        }

        var impatient = Task.Run(() => UseAsync("a", cancelling.Token));
        var others = Holders.Select(id => Task.Run(() => UseAsync(id, CancellationToken.None))).ToArray();
        var cancel = Task.Run(cancelling.Cancel);
        await Task.WhenAll(others);
        await cancel;
        try
        {
            await impatient;
        }
        catch (OperationCanceledException)
        {
        }

        await UseAsync("a", CancellationToken.None);
    });

    [Fact]
    public void A_journal_has_each_line_once_and_in_the_order_of_its_writer_and_an_intent_is_there_when_its_write_begins()
    {
        var path = Path.GetTempFileName();
        try
        {
            Schedules.Explore(async () =>
            {
                File.WriteAllBytes(path, []);
                var file = new JournalFile(path);
                var writer = new JournalWriter(file);
                await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(async () =>
                {
                    for (var line = 0; line < 2; line++)
                    {
                        var intent = Line($"intent {number}.{line}") + "\n";
                        await writer.WriteAsync(Encoding.UTF8.GetBytes(intent), null, CancellationToken.None);
                        Specification.Assert(File.ReadAllText(path).Contains(intent, StringComparison.Ordinal), "The intent is on the disk.");
                        writer.Note(Encoding.UTF8.GetBytes(Line($"outcome {number}.{line}") + "\n"));
                    }
                })));
                writer.Flush();
                var lines = File.ReadAllLines(path);
                Specification.Assert(lines.Length == 12 && lines.Distinct().Count() == 12, string.Join(", ", lines));
                foreach (var number in Enumerable.Range(0, 3))
                {
                    var own = lines.Where(line => line.Contains($" {number}.", StringComparison.Ordinal));
                    Specification.Assert(own.SequenceEqual([Line($"intent {number}.0"), Line($"outcome {number}.0"), Line($"intent {number}.1"), Line($"outcome {number}.1")]), string.Join(", ", own));
                }
            });
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A line as a journal has it: what is none would not be added to.</summary>
    private static string Line(string text) => $$"""{"v":1,"type":"{{text}}"}""";

    /// <summary>Posts and takes on one thread, as a pipeline does.</summary>
    private static async Task<List<string>> RunAsync(ChangeRunner<ImpersonationRegistryEntry> runner, StepList list)
    {
        var outcomes = new List<string>();
        await Task.Yield();
        for (var row = 1; row <= Ids.Length; row++)
        {
            while (!runner.HasRoom)
            {
                runner.WaitFor(Awaited.Next, Patience);
                Take();
            }

            runner.Post(list.Change(Ids[row - 1], row));
        }

        while (!runner.IsEmpty)
        {
            runner.WaitFor(Awaited.Next, Patience);
            Take();
        }

        Specification.Assert(runner.WaitFor(Awaited.Idle, Patience), "Nothing is under way.");
        return outcomes;

        void Take()
        {
            while (runner.TryDequeue(out var outcome))
            {
                outcomes.Add($"{outcome!.Change.Rows[0].Number} {outcome.Status}");
                Specification.Assert(outcomes[^1].StartsWith($"{outcomes.Count} ", StringComparison.Ordinal), "Outcomes come in the order of their changes.");
            }
        }
    }

    private static void Check(StepList list, int window)
    {
        Specification.Assert(!list.HasOverlapped, "Writes to an item overlapped.");
        Specification.Assert(list.MostInside <= window, $"{list.MostInside} writes were under way in a window of {window}.");
        var own = list.Begun.Where(write => write[0] == 'a').ToArray();
        Specification.Assert(own.SequenceEqual(own.Order(StringComparer.Ordinal)), "Writes to an item keep their order.");
    }
}
