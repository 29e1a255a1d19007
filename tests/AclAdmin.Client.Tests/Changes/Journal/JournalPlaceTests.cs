using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Journal;

/// <summary>The file beneath a run may be moved, cut or replaced, and may never have been a journal.</summary>
public sealed class JournalPlaceTests
{
    [Theory]
    [InlineData("move")]
    [InlineData("delete")]
    [InlineData("truncate")]
    [InlineData("replace")]
    public async Task A_run_whose_file_is_taken_away_goes_on_in_one_that_is_complete(string how)
    {
        await using var journal = await JournalStage.StartAsync();
        var run = new JournalRun(new JournalFile(journal.FilePath), journal.Stage.Cloudflare, new JournalRunInfo("1.2.3", "Test-Command", "", null));
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(1, journal.Stage.Observer, false, Stage.Cancel, new RunJournal(run));
        runner.Post(journal.Entry(ChangeAction.Update, 2, ("comments", "one")));
        Outcomes.TakeNext(runner);
        using (var line = new JournalLine(JournalSchema.IntentLine, run.Id, default, 99))
        {
            await run.WriteIntentAsync(line.Add(JournalSchema.Verb, "update").Add(JournalSchema.Id, "under way"), Stage.Cancel);
        }

        switch (how)
        {
            case "move":
                File.Move(journal.FilePath, journal.FilePath + ".1");
                break;
            case "delete":
                File.Delete(journal.FilePath);
                break;
            case "truncate":
                File.WriteAllText(journal.FilePath, "");
                break;
            default:
                File.WriteAllText(journal.FilePath, $"{{\"v\":1,\"type\":\"end\",\"run\":\"other\",\"endedBy\":\"{new string('x', 5000)}\"}}\n");
                break;
        }

        runner.Post(journal.Entry(ChangeAction.Update, 3, ("comments", "two")));
        Outcomes.TakeNext(runner);
        run.End("Completed");

        var present = journal.Content;
        Assert.Equal(["under way", SandboxIds.Entry(3)], present.Changes.Select(change => change.Id));
        Assert.Equal([AclChangeState.Unknown, AclChangeState.Applied], present.Changes.Select(change => change.State));
        Assert.All(present.Changes, change => Assert.Equal(("Cloudflare", "Completed"), (change.Run.Service, change.Run.EndedBy)));
        if (how == "move")
        {
            Assert.Equal(AclChangeState.Applied, JournalReader.Read(journal.FilePath + ".1", Stage.Cancel).Changes[0].State);
        }
    }

    [Fact]
    public async Task A_run_that_ends_before_its_first_intent_writes_nothing()
    {
        await using var journal = await JournalStage.StartAsync();
        var run = new JournalRun(new JournalFile(journal.FilePath), journal.Stage.Cloudflare, new JournalRunInfo("", "", "", null));
        using var line = new JournalLine(JournalSchema.IntentLine, run.Id, default, 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WriteIntentAsync(line, new System.Threading.CancellationToken(canceled: true)));
        run.End("Failed");

        Assert.False(File.Exists(journal.FilePath));
    }

    public static TheoryData<string, byte[]> OtherContent() => new()
    {
        { "it is not a journal", Encoding.UTF8.GetBytes("name,email\nAnn,ann@example.com\n") },
        { "it is not a journal", Encoding.UTF8.GetBytes("{\"aclPlan\":1}\n") },
        { "it is not a journal", Encoding.UTF8.GetBytes("x") },
        { "UTF-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{\"v\":1,\"type\":\"run\",\"run\":\"r\"}\n")).ToArray() },
        { "UTF-16", Encoding.Unicode.GetBytes("{\"v\":1,\"type\":\"run\",\"run\":\"r\"}\n") },
        { "UTF-16", Encoding.BigEndianUnicode.GetPreamble() },
    };

    [Theory]
    [MemberData(nameof(OtherContent))]
    public async Task A_file_with_other_content_is_neither_read_nor_added_to(string reason, byte[] content)
    {
        await using var journal = await JournalStage.StartAsync();
        File.WriteAllBytes(journal.FilePath, content);
        var run = new JournalRun(new JournalFile(journal.FilePath), journal.Stage.Cloudflare, new JournalRunInfo("", "", "", null));
        using var line = new JournalLine(JournalSchema.IntentLine, run.Id, default, 1);

        var written = await Assert.ThrowsAsync<AclException>(() => run.WriteIntentAsync(line, Stage.Cancel));
        var read = Assert.Throws<AclException>(() => JournalReader.Read(journal.FilePath, Stage.Cancel));

        Assert.All([written, read], refusal => Assert.Contains(reason, refusal.Message, StringComparison.Ordinal));
        Assert.Equal(content, File.ReadAllBytes(journal.FilePath));
    }

    [Theory]
    [InlineData("mkfifo")]
    [InlineData("ln", "-s", "/dev/zero")]
    [InlineData("ln", "-s", "/no/such/file")]
    public async Task What_is_no_file_is_refused_and_not_opened(params string[] command)
    {
        if (OperatingSystem.IsWindows())
        {
            // There are no such files there.
            return;
        }

        await using var journal = await JournalStage.StartAsync();
        using (var process = Process.Start(command[0], [.. command.Skip(1), journal.FilePath]))
        {
            await process.WaitForExitAsync(Stage.Cancel);
            Assert.Equal(0, process.ExitCode);
        }

        var run = new JournalRun(new JournalFile(journal.FilePath), journal.Stage.Cloudflare, new JournalRunInfo("", "", "", null));
        using var line = new JournalLine(JournalSchema.IntentLine, run.Id, default, 1);

        var written = await Assert.ThrowsAsync<AclException>(() => run.WriteIntentAsync(line, Stage.Cancel));
        var read = Assert.Throws<AclException>(() => JournalReader.Read(journal.FilePath, Stage.Cancel));

        Assert.All([written, read], refusal => Assert.Matches("it is a (device, a FIFO or a socket|link whose target)", refusal.Message));
        Assert.Throws<IOException>(() => OwnerOnlyFile.Write(journal.FilePath, overwrites: true, _ => { }));
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public async Task A_journal_is_the_same_in_every_culture_but_for_times_and_ids(string culture)
    {
        Assert.Equal(await JournalUnderAsync(""), await JournalUnderAsync(culture));
    }

    /// <summary>The lines of a run under a culture, without times and random ids.</summary>
    private static async Task<string[]> JournalUnderAsync(string name)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            await using var journal = await JournalStage.StartAsync();
            journal.Run([journal.Entry(ChangeAction.Update, 2, ("comments", "one"))]);
            journal.Run([journal.Entry(ChangeAction.Delete, 3)]);
            var year = DateTime.UtcNow.Year.ToString(CultureInfo.InvariantCulture);
            Assert.All(journal.Content.Runs, run => Assert.StartsWith(year, run.Id, StringComparison.Ordinal));
            return journal.Lines
                .Select(line => Regex.Replace(line, """("(?:time|run|pidStarted|requestId|created_at|modified_at|last_modified|address)":")[^"]*""", "$1_"))
                .ToArray();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_line_that_has_changed_since_it_was_read_is_not_mistaken_for_the_change()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 2, ("comments", "one"))]);
        var change = Assert.Single(journal.Changes);
        File.WriteAllText(journal.FilePath, "{\"v\":1," + new string(' ', 5000));

        Assert.Contains("was moved or changed", Assert.Throws<AclException>(() => change.Body).Message, StringComparison.Ordinal);
    }
}
