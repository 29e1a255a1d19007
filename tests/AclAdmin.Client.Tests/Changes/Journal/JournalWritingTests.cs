using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Journal;

/// <summary>Before a write leaves, its intent is on the disk; what came of it follows; and where that cannot be, nothing leaves.</summary>
public sealed class JournalWritingTests
{
    [Fact]
    public async Task An_update_is_recorded_with_its_body_the_state_before_and_what_came_of_it()
    {
        await using var journal = await JournalStage.StartAsync();
        var before = journal.Stage.State.Entries.Find(SandboxIds.Entry(3))!;

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "new"))]);

        Assert.Equal(["run", "intent", "outcome", "end"], journal.Lines.Select(line => (string)JObject.Parse(line)["type"]!));
        var change = Assert.Single(journal.Changes);
        Assert.Equal((ChangeAction.Update, AclChangeState.Applied, SandboxIds.Entry(3)), (change.Action, change.State, change.Id));
        Assert.Equal("""{"comments":"new"}""", change.Body);
        Assert.Equal((before.Comments, before.Name), ((string?)JObject.Parse(change.Before!)["comments"], (string?)JObject.Parse(change.Before!)["name"]));
        Assert.Equal("new", (string?)JObject.Parse(change.After!)["comments"]);
        Assert.Equal(["comments"], change.Differences.Select(field => field.Name));
        Assert.Equal(("\"new\"", "impersonation_registry", SandboxDefaults.AccountId, 3L), (change.Differences[0].After, change.Resource, change.AccountId, change.Rows[0]));
        Assert.EndsWith("-SBX", change.RequestId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_head_names_the_run_and_no_credential()
    {
        await using var journal = await JournalStage.StartAsync();

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "new"))]);

        var run = Assert.Single(journal.Content.Runs);
        Assert.Equal(("Test-Command", "Test-Command -Name 'x'", "1.2.3", "test", "Cloudflare", "Completed"), (run.Command, run.CommandLine, run.ModuleVersion, run.Connection, run.Service, run.EndedBy));
        Assert.Equal((Environment.UserName, Environment.MachineName), (run.User, run.Host));
        Assert.DoesNotContain(SandboxDefaults.CloudflareToken, File.ReadAllText(journal.FilePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_in_a_cell_is_sent_as_it_is_and_masked_in_the_journal()
    {
        await using var journal = await JournalStage.StartAsync();

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "my " + SandboxDefaults.CloudflareToken))]);

        Assert.Equal("my " + SandboxDefaults.CloudflareToken, journal.Stage.State.Entries.Find(SandboxIds.Entry(3))!.Comments);
        Assert.DoesNotContain(SandboxDefaults.CloudflareToken, File.ReadAllText(journal.FilePath), StringComparison.Ordinal);
        Assert.Equal(AclChangeState.Applied, Assert.Single(journal.Changes).State);
    }

    [Fact]
    public async Task The_file_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            // There a file has the permissions of its folder.
            return;
        }

        await using var journal = await JournalStage.StartAsync();

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "new"))]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(journal.FilePath));
    }

    [Fact]
    public async Task Many_changes_read_the_list_once_and_few_read_one_by_one()
    {
        await using var journal = await JournalStage.StartAsync();

        journal.Run(Enumerable.Range(1, 15).Select(index => journal.Entry(ChangeAction.Update, index, ("comments", "new"))), window: 1);

        var reads = journal.Stage.Requests.Where(request => request.Method == "GET").ToArray();
        Assert.Equal(PresentItems<ImpersonationRegistryEntry>.MaxSingleReads + 1, reads.Length);
        Assert.Equal(1, reads.Count(request => request.Path == Stage.RegistryPath));
        Assert.All(journal.Changes, change => Assert.NotNull(change.Before));
    }

    [Fact]
    public async Task A_second_change_of_an_item_has_the_first_ones_outcome_as_the_state_before()
    {
        await using var journal = await JournalStage.StartAsync();

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "one")), journal.Entry(ChangeAction.Update, 3, ("comments", "two"))]);

        Assert.Equal("\"one\"", Assert.Single(journal.Changes[1].Differences).Before);
        Assert.Single(journal.Stage.Requests, request => request.Method == "GET");
    }

    [Fact]
    public async Task A_refusal_a_lost_answer_and_a_removal_of_what_is_gone_are_recorded_as_they_are()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Delete, 5)]);
        journal.Stage.Fault(new FaultRule { Kind = "status", Status = 400, Match = new FaultMatch { Method = "PATCH" } });

        var refused = journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"))]);
        var gone = journal.Run([journal.Entry(ChangeAction.Delete, 5)]);

        Assert.Equal((ChangeStatus.Failed, ChangeStatus.Unchanged), (refused[0].Status, gone[0].Status));
        Assert.Equal([(ChangeAction.Delete, AclChangeState.Applied), (ChangeAction.Update, AclChangeState.Failed)], journal.Changes.Select(change => (change.Action, change.State)));
        Assert.Equal("ValidationFailed", journal.Changes[1].ErrorId);
        Assert.Single(journal.Stage.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task Where_the_disk_is_full_nothing_is_sent_and_the_file_keeps_whole_lines()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 2, ("comments", "fits"))]);
        var room = new FileInfo(journal.FilePath).Length + 500;
        var sent = journal.Stage.Requests.Count(request => request.Method == "PATCH");

        var outcomes = journal.Run(Enumerable.Range(3, 10).Select(index => journal.Entry(ChangeAction.Update, index, ("comments", "x"))), stream => new FullDisk(stream, room));

        Assert.Equal(ErrorKind.JournalFailed, outcomes.First(outcome => outcome.Error is not null).Error!.Kind);
        Assert.All(outcomes, outcome => Assert.True(outcome.Status is ChangeStatus.NotSent || outcome.Error?.Kind == ErrorKind.JournalFailed));
        Assert.Equal(sent, journal.Stage.Requests.Count(request => request.Method == "PATCH"));
        Assert.Empty(journal.Content.Problems);
        Assert.Single(journal.Changes);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_any_more_in_mid_run_ends_every_row_and_nothing_is_sent_unrecorded()
    {
        await using var journal = await JournalStage.StartAsync();
        var appends = 0;

        var outcomes = journal.Run(
            Enumerable.Range(3, 10).Select(index => journal.Entry(ChangeAction.Update, index, ("comments", "x"))),
            stream => ++appends > 3 ? throw new UnauthorizedAccessException("Access to the path is denied.") : stream,
            window: 1);

        Assert.Equal(10, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.True(outcome.Status is ChangeStatus.Changed or ChangeStatus.NotSent || outcome.Error?.Kind == ErrorKind.JournalFailed));
        Assert.Contains(outcomes, outcome => outcome.Error?.Kind == ErrorKind.JournalFailed);
        Assert.InRange(journal.Stage.Requests.Count(request => request.Method == "PATCH"), 1, journal.Changes.Count);
    }

    [Theory]
    [InlineData("no-such-folder/changes.jsonl", "no-such-folder")]
    [InlineData("/sys/changes.jsonl", "/sys/changes.jsonl")]
    [InlineData("file.txt/changes.jsonl", "file.txt")]
    [InlineData(".", "it is a folder.")]
    public async Task Where_there_can_be_no_file_nothing_is_sent(string path, string reason)
    {
        await using var journal = await JournalStage.StartAsync();
        var folder = Path.GetDirectoryName(journal.FilePath)!;
        File.WriteAllText(Path.Combine(folder, "file.txt"), "");
        var run = new JournalRun(new JournalFile(Path.Combine(folder, path)), journal.Stage.Cloudflare, new JournalRunInfo("", "", "", null));
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(4, journal.Stage.Observer, false, Stage.Cancel, new RunJournal(run));

        runner.Post(journal.Entry(ChangeAction.Update, 3, ("comments", "x")));

        var error = Outcomes.TakeNext(runner).Error!;
        Assert.Equal(ErrorKind.JournalFailed, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(journal.Stage.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task A_file_that_another_program_keeps_locked_is_waited_for_briefly_and_then_nothing_is_sent()
    {
        await using var journal = await JournalStage.StartAsync();
        File.WriteAllText(journal.FilePath, "");
        using var held = new FileStream(journal.FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var run = new JournalRun(new JournalFile(journal.FilePath), journal.Stage.Cloudflare, new JournalRunInfo("", "", "", null));
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(4, journal.Stage.Observer, false, Stage.Cancel, new RunJournal(run));

        runner.Post(journal.Entry(ChangeAction.Update, 3, ("comments", "x")));

        var error = Outcomes.TakeNext(runner).Error!;
        Assert.Equal(ErrorKind.JournalFailed, error.Kind);
        Assert.Contains("another program", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(journal.Stage.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task Several_writers_share_a_file_without_mixing_their_lines()
    {
        await using var journal = await JournalStage.StartAsync();
        var file = journal.FilePath;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            async () =>
            {
                var own = new JournalWriter(new JournalFile(file));
                for (var line = 0; line < 50; line++)
                {
                    await own.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{{\"v\":1,{writer}:{line}:{new string('x', 500)}\n"), null, Stage.Cancel);
                }
            },
            Stage.Cancel)));

        Assert.Equal(400, journal.Lines.Length);
        Assert.All(journal.Lines, line => Assert.EndsWith(new string('x', 500), line, StringComparison.Ordinal));
        Assert.Equal(400, journal.Lines.Distinct().Count());
    }
}
