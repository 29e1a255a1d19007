using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Journal;

/// <summary>What became of a change whose outcome was not recorded is asked of the service, and noted.</summary>
public sealed class ChangeResolverTests
{
    [Theory]
    [InlineData("new", AclChangeState.Applied)]
    [InlineData("old", AclChangeState.NotApplied)]
    [InlineData("somebody's", AclChangeState.Unknown)]
    public async Task An_update_is_decided_by_what_the_item_shows(string shown, AclChangeState state)
    {
        await using var journal = await JournalStage.StartAsync();
        Set(journal, 3, "old");
        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "new"))]);
        Forget(journal);
        Set(journal, 3, shown);

        await ResolveAsync(journal);

        Assert.Equal(state, Assert.Single(journal.Changes).State);
        Assert.Equal(state != AclChangeState.Unknown, journal.Changes[0].IsFinding);
        Assert.Equal(state != AclChangeState.Unknown, journal.Lines.Any(line => (string?)JObject.Parse(line)["type"] == "finding"));
    }

    [Theory]
    [InlineData(true, AclChangeState.Applied)]
    [InlineData(false, AclChangeState.NotApplied)]
    public async Task A_removal_is_decided_by_whether_the_item_is_there(bool isGone, AclChangeState state)
    {
        await using var journal = await JournalStage.StartAsync();
        if (isGone)
        {
            journal.Run([journal.Entry(ChangeAction.Delete, 3)]);
        }
        else
        {
            journal.Stage.Fault(new Sandbox.Faults.FaultRule { Kind = "status", Status = 400, Match = new Sandbox.Faults.FaultMatch { Method = "DELETE" } });
            journal.Run([journal.Entry(ChangeAction.Delete, 3)]);
        }

        Forget(journal);
        await ResolveAsync(journal);

        Assert.Equal(state, Assert.Single(journal.Changes).State);
    }

    [Theory]
    [InlineData("""{"success":false,"errors":[{"code":8000404,"message":"not found"}],"messages":[],"result":null}""", AclChangeState.Applied)]
    [InlineData("""{"success":false,"errors":[{"code":7003,"message":"Could not route"}],"messages":[],"result":null}""", null)]
    [InlineData("<html>Not here</html>", null)]
    [InlineData("{}", null)]
    [InlineData("", null)]
    public async Task Only_a_404_about_the_item_proves_its_removal(string body, AclChangeState? state)
    {
        await using var journal = await JournalStage.StartAsync();
        await using var stub = StubServer.Start(_ => StubAnswer.Of("404 Not Found", "application/json", body));
        journal.Run([journal.Entry(ChangeAction.Delete, 3)]);
        Forget(journal);
        using var connection = Connections.ToCloudflare(stub.BaseUri);
        File.WriteAllText(journal.FilePath, File.ReadAllText(journal.FilePath).Replace(journal.Stage.Cloudflare.BaseUri.ToString(), connection.BaseUri.ToString(), StringComparison.Ordinal));
        var changes = journal.Changes;

        await ChangeResolver.ResolveAsync(
            changes, ImpersonationRegistryDefinition.Instance.OpenClient(connection, SandboxDefaults.AccountId), notes: true, journal.Stage.Observer, Stage.Cancel);

        Assert.Equal(state ?? AclChangeState.Unknown, Assert.Single(changes).State);
        Assert.Equal(state is not null, journal.Lines.Any(line => (string?)JObject.Parse(line)["type"] == "finding"));
    }

    [Fact]
    public async Task A_create_is_the_item_that_shows_its_body_and_that_no_other_change_has_made()
    {
        await using var journal = await JournalStage.StartAsync();
        var same = new (string, JToken?)[] { ("name", "N"), ("email", "n@example.com"), ("is_email_regex", false) };
        journal.Run([journal.Entry(ChangeAction.Create, 1, same)]);
        var recorded = Assert.Single(journal.Changes).Id;
        journal.Run([journal.Entry(ChangeAction.Create, 2, same)]);
        var forgotten = journal.Changes[1].Id;
        var run = journal.Changes[1].RunId;
        Forget(journal, run);
        Assert.Equal("", journal.Changes[1].Id);

        await ResolveAsync(journal);

        Assert.Equal([recorded, forgotten], journal.Changes.Select(change => change.Id));
        Assert.Equal(AclChangeState.Applied, journal.Changes[1].State);
    }

    [Fact]
    public async Task Two_creates_of_the_same_never_stand_for_one_item()
    {
        await using var journal = await JournalStage.StartAsync();
        var same = new (string, JToken?)[] { ("name", "N"), ("email", "n@example.com"), ("is_email_regex", false) };
        journal.Run([journal.Entry(ChangeAction.Create, 1, same), journal.Entry(ChangeAction.Create, 2, same)]);
        journal.Stage.State.Entries.Remove(journal.Changes[1].Id);
        Forget(journal);

        await ResolveAsync(journal);

        Assert.Equal([AclChangeState.Applied, AclChangeState.NotApplied], journal.Changes.Select(change => change.State).Order());
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 1)]
    public async Task Few_items_are_read_one_by_one_and_many_as_a_list(int changes, int reads)
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run(Enumerable.Range(1, changes).Select(index => journal.Entry(ChangeAction.Update, index, ("comments", "new"))));
        Forget(journal);
        var before = journal.Stage.Requests.Count;

        await ResolveAsync(journal);

        Assert.Equal(reads, journal.Stage.Requests.Count - before);
        Assert.All(journal.Changes, change => Assert.Equal(AclChangeState.Applied, change.State));
    }

    [Fact]
    public async Task A_run_that_is_still_under_way_is_left_alone()
    {
        await using var journal = await JournalStage.StartAsync();
        var run = new JournalRun(new JournalFile(journal.FilePath), journal.Stage.Cloudflare, new JournalRunInfo("", "", "", null));
        using (var intent = new JournalLine("intent", run.Id, default, 1))
        {
            intent.Add("account", SandboxDefaults.AccountId).Add("resource", "impersonation_registry").Add("verb", "update").Add("id", SandboxIds.Entry(3)).AddJson("body", """{"comments":"new"}""");
            await run.WriteIntentAsync(intent, Stage.Cancel);
        }

        Assert.False(ChangeResolver.IsOpen(Assert.Single(journal.Changes)));
        await ResolveAsync(journal);
        Assert.Equal(AclChangeState.Unknown, journal.Changes[0].State);

        run.End("Stopped");
        Assert.True(ChangeResolver.IsOpen(journal.Changes[0]));
    }

    [Fact]
    public async Task Changes_at_another_address_are_left_alone()
    {
        await using var journal = await JournalStage.StartAsync();
        journal.Run([journal.Entry(ChangeAction.Update, 3, ("comments", "new"))]);
        Forget(journal);
        File.WriteAllText(journal.FilePath, File.ReadAllText(journal.FilePath).Replace(journal.Stage.Cloudflare.BaseUri.ToString(), "https://elsewhere.example.com/", StringComparison.Ordinal));
        var before = journal.Stage.Requests.Count;

        await ResolveAsync(journal);

        Assert.Equal((AclChangeState.Unknown, before), (journal.Changes[0].State, journal.Stage.Requests.Count));
    }

    private static void Set(JournalStage journal, int index, string comments) => journal.Stage.State.Entries.Update(SandboxIds.Entry(index), entry => entry with { Comments = comments });

    /// <summary>As after a crash: no outcomes and no end.</summary>
    private static void Forget(JournalStage journal, string? run = null) => File.WriteAllLines(journal.FilePath, journal.Lines
        .Where(line => JObject.Parse(line) is var parsed && ((string?)parsed["type"] is "run" or "intent" || (run is not null && (string?)parsed["run"] != run))));

    private static Task ResolveAsync(JournalStage journal) =>
        ChangeResolver.ResolveAsync(journal.Changes, journal.Stage.Registry, notes: true, journal.Stage.Observer, Stage.Cancel);
}
