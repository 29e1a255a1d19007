using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Journal;

/// <summary>A rerun with the same journal: what is done, and in effect, is not sent again.</summary>
public sealed class EarlierChangesTests
{
    [Fact]
    public async Task An_update_that_is_in_effect_is_not_sent_again_whatever_the_order_of_its_fields()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"), ("name", "N"))]);

        var outcome = Assert.Single(journal.Run([journal.Entry(ChangeAction.Update, 3, ("name", "N"), ("comments", "x"))]));

        Assert.Equal(ChangeStatus.Unchanged, outcome.Status);
        Assert.Equal(1, Writes(journal));
    }

    [Fact]
    public async Task An_update_that_was_overwritten_since_is_sent_again()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"))]);
        journal.Stage.State.Entries.Update(SandboxIds.Entry(3), entry => entry with { Comments = "y" });

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"))]);

        Assert.Equal((2, "x"), (Writes(journal), journal.Stage.State.Entries.Find(SandboxIds.Entry(3))!.Comments));
    }

    [Theory]
    [InlineData(4, "comments", "x")]
    [InlineData(3, "comments", "y")]
    [InlineData(3, "name", "x")]
    public async Task A_change_of_another_item_field_or_value_is_sent(int index, string field, string value)
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"))]);

        journal.Run([journal.Entry(ChangeAction.Update, index, (field, value))]);

        Assert.Equal(2, Writes(journal));
    }

    [Theory]
    [InlineData("\"state\":\"applied\"", "\"state\":\"failed\"")]
    [InlineData("\"address\":\"http://127.0.0.1", "\"address\":\"http://127.0.0.2")]
    [InlineData("\"service\":\"Cloudflare\"", "\"service\":\"CarrierX\"")]
    [InlineData("\"account\":\"", "\"account\":\"f")]
    public async Task A_journal_that_shows_it_failed_or_made_elsewhere_does_not_count(string text, string other)
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"))]);
        var content = File.ReadAllText(journal.FilePath);
        Assert.Contains(text, content, StringComparison.Ordinal);
        File.WriteAllText(journal.FilePath, content.Replace(text, other, StringComparison.Ordinal));

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"))]);

        Assert.Equal(2, Writes(journal));
    }

    [Fact]
    public async Task An_item_that_a_create_has_made_stands_for_one_row_and_no_more()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([Create(journal)]);
        Assert.Equal(1, Writes(journal));

        var outcomes = journal.Run([Create(journal), Create(journal)], window: 1);

        Assert.Equal([ChangeStatus.Changed, ChangeStatus.Unchanged], outcomes.Select(outcome => outcome.Status).Order());
        Assert.Equal(2, Writes(journal));
        Assert.Equal(2, journal.Stage.State.Entries.All().Count(entry => entry.Name == "N"));
    }

    [Fact]
    public async Task An_item_that_a_create_has_made_and_that_is_gone_is_made_again()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([Create(journal)]);
        journal.Stage.State.Entries.Remove(journal.Changes[0].Id);

        journal.Run([Create(journal)]);

        Assert.Equal(2, Writes(journal));
    }

    [Fact]
    public async Task An_item_that_an_unknown_create_may_have_made_and_that_was_edited_since_is_not_made_again()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([Create(journal)]);
        File.WriteAllLines(journal.FilePath, journal.Lines.Where(line => !line.Contains("\"type\":\"outcome\"", StringComparison.Ordinal)));
        var made = journal.Stage.State.Entries.All().Single(entry => entry.Name == "N");
        journal.Stage.State.Entries.Update(made.Id, entry => entry with { Comments = "edited" });

        var outcomes = journal.Run([Create(journal), Create(journal)], window: 1);

        Assert.Equal(ErrorKind.OutcomeUnknown, outcomes[0].Error?.Kind);
        Assert.Contains("The change 1 of the run", outcomes[0].Error!.Message, StringComparison.Ordinal);
        Assert.Equal((ChangeStatus.Changed, 2), (outcomes[1].Status, Writes(journal)));
    }

    [Fact]
    public async Task A_change_that_was_undone_is_made_again_and_one_whose_undo_was_undone_is_not()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"))]);
        var first = journal.Changes[0];
        journal.Run([Undoing(journal, first, "x")]);
        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"))]);
        Assert.Equal(3, Writes(journal));
        File.WriteAllLines(journal.FilePath, journal.Lines.Take(8));
        journal.Run([Undoing(journal, journal.Changes[1], "x")]);

        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "x"))]);

        Assert.Equal(4, Writes(journal));
    }

    private static Change<ImpersonationRegistryEntry> Undoing(JournalStage journal, AclAdmin.Client.Changes.Journal.AclChange undone, string comments) => new(new ChangeRow(1, 1))
    {
        Action = ChangeAction.Update,
        Client = journal.Stage.Registry,
        Id = SandboxIds.Entry(3),
        Key = SandboxIds.Entry(3),
        Patch = Patch.Entry(("comments", comments)),
        Undoes = [new(undone.RunId, undone.Number)],
    };

    private static int Writes(JournalStage journal) => journal.Stage.Requests.Count(request => request.Method != "GET");

    private static Change<ImpersonationRegistryEntry> Create(JournalStage journal) => new(new ChangeRow(1, 1))
    {
        Action = ChangeAction.Create,
        Client = journal.Stage.Registry,
        Patch = Patch.Entry(("name", "N"), ("email", "n@example.com"), ("is_email_regex", false)),
        Existing = Existing.Entries(journal.Stage),
        IfExists = IfExists.Create,
    };
}
