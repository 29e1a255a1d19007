using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Journal;

/// <summary>A line that is torn, damaged or foreign is put aside and reported, and costs no other line.</summary>
public sealed class JournalReadingTests
{
    [Fact]
    public async Task A_torn_last_line_is_put_aside_and_never_glued_to_the_next()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 2, ("comments", "one"))]);
        File.AppendAllText(journal.FilePath, """{"v":1,"type":"intent","run":"x","chan""");
        Assert.Contains("the last one and torn", Assert.Single(journal.Content.Problems), StringComparison.Ordinal);

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "two"))]);

        Assert.Equal(["\"one\"", "\"two\""], journal.Changes.Select(change => change.Differences[0].After));
        Assert.Contains("Line 5 ", Assert.Single(journal.Content.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "is not a line of a journal")]
    [InlineData("{\"a\":1}", "is JSON, but not a line of a journal")]
    [InlineData("{\"v\":1,\"type\":\"intent\"", "torn or damaged")]
    [InlineData("{\"v\":9,\"type\":\"intent\",\"run\":\"r\"}", "a newer AclAdmin")]
    [InlineData("{\"v\":1,\"type\":\"later\",\"run\":\"r\"}", "kind that is not known")]
    [InlineData("{\"v\":1,\"type\":\"outcome\",\"run\":\"r\",\"change\":7,\"state\":\"applied\"}", "intent is missing")]
    [InlineData("{\"v\":-9,\"type\":\"end\",\"run\":\"r\",\"endedBy\":\"Completed\"}", "not a line that a journal contains")]
    [InlineData("{\"v\":1,\"type\":\"intent\",\"run\":\"r\",\"change\":1,\"time\":\"2026-01-01T00:00:00Z\",\"verb\":\"3\"}", "incomplete")]
    [InlineData("{\"v\":1,\"type\":\"intent\",\"run\":\"r\",\"change\":1,\"time\":\"2026-01-01T00:00:00Z\",\"verb\":\"Update\"}", "incomplete")]
    [InlineData("{\"v\":1,\"type\":\"intent\",\"run\":\"r\",\"change\":-1,\"time\":\"2026-01-01T00:00:00Z\",\"verb\":\"update\"}", "incomplete")]
    [InlineData("{\"v\":1,\"type\":\"intent\",\"run\":\"r\",\"change\":1,\"verb\":\"update\"}", "incomplete")]
    [InlineData("{\"v\":1,\"type\":\"outcome\",\"run\":\"r\",\"change\":1,\"state\":\"7\"}", "incomplete")]
    [InlineData("{\"v\":1,\"type\":\"outcome\",\"run\":\"r\",\"change\":1,\"state\":\"applied, failed\"}", "incomplete")]
    [InlineData("[1,2]", "is not a line of a journal")]
    [InlineData("\0\0\0\u0001", "is not a line of a journal")]
    public async Task A_foreign_line_is_reported_and_the_others_count(string line, string problem)
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 2, ("comments", "one"))]);
        File.AppendAllText(journal.FilePath, line + "\n\n");

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "two"))]);

        Assert.Contains(problem, Assert.Single(journal.Content.Problems), StringComparison.Ordinal);
        Assert.Equal([AclChangeState.Applied, AclChangeState.Applied], journal.Changes.Select(change => change.State));
    }

    [Fact]
    public async Task An_intent_without_an_outcome_is_unknown_and_a_run_without_an_end_has_none()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 2, ("comments", "one"))]);
        File.WriteAllLines(journal.FilePath, journal.Lines.Take(2));

        Assert.Equal(AclChangeState.Unknown, Assert.Single(journal.Changes).State);
        Assert.Null(Assert.Single(journal.Content.Runs).EndedBy);
    }

    [Fact]
    public async Task Texts_that_look_like_dates_and_long_numbers_stay_as_they_are()
    {
        await using var journal = await JournalStage.StartAsync();

        journal.Run([journal.Entry(ChangeAction.Update, 2, ("comments", "2025-01-06T08:37:00Z"))]);

        Assert.Equal("""{"comments":"2025-01-06T08:37:00Z"}""", journal.Changes[0].Body);
        Assert.Contains("\"created_at\":\"2025-", journal.Changes[0].Before, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_that_is_not_there_is_an_error()
    {
        var error = Assert.Throws<AclException>(() => JournalReader.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")), Stage.Cancel));

        Assert.Equal(ErrorKind.JournalFailed, error.Kind);
    }
}
