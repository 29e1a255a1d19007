using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Journal;

/// <summary>Partners of CarrierX share an address: what a file contains is for the lists of one of them.</summary>
public sealed class PartnerTests
{
    private const string Other = "0b7c1e52-4d83-4f6a-8a15-6e2d9c3b7f40";

    [Fact]
    public async Task The_partner_of_a_token_is_the_one_above_all_that_it_sees_and_is_read_once()
    {
        await using var stage = await Stage.StartAsync();
        stage.State.AddPartner("7d9c2b41-0000-4000-8000-000000000001", SandboxDefaults.PartnerSid);
        using var other = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, credential: Connections.Bearer(stage.State.AddPartner(Other)));

        var origins = new[]
        {
            await ListOrigin.FindAsync(stage.CarrierX, stage.Observer, Stage.Cancel),
            await ListOrigin.FindAsync(stage.CarrierX.With(null, 1), stage.Observer, Stage.Cancel),
            await ListOrigin.FindAsync(other, stage.Observer, Stage.Cancel),
        };

        Assert.Equal([SandboxDefaults.PartnerSid, SandboxDefaults.PartnerSid, Other], origins.Select(origin => origin.Partner));
        Assert.Equal(["/core/v2/partners limit=1000", "/core/v2/partners limit=1000"], stage.Requests.Select(request => $"{request.Path} {request.Query}"));
    }

    [Fact]
    public async Task The_partner_of_a_password_grant_is_in_its_token()
    {
        await using var stage = await Stage.StartAsync();
        using var grant = Grants.Open(stage.Sandbox.CarrierXUri, stage.Clock);
        await grant.GetFirstTokenAsync(Stage.Cancel);
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, grant);

        Assert.Equal(SandboxDefaults.PartnerSid, (await ListOrigin.FindAsync(connection, stage.Observer, Stage.Cancel)).Partner);
        Assert.Equal(Grants.TokenPath, stage.OnlyRequest.Path);
    }

    [Fact]
    public async Task A_partner_that_may_not_be_read_is_reported_once_and_the_name_of_the_connection_counts()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 403, Times = 5, Match = new FaultMatch { PathContains = "/partners" } });

        var origin = await ListOrigin.FindAsync(stage.CarrierX, stage.Observer, Stage.Cancel);
        await ListOrigin.FindAsync(stage.CarrierX, stage.Observer, Stage.Cancel);

        Assert.Equal((null, true, false), (origin.Partner, origin.IsOf(stage.CarrierX), (origin with { Connection = "other" }).IsOf(stage.CarrierX)));
        Assert.Single(stage.Requests);
        Assert.Contains(stage.Observer.Notes, note => note.Contains("The partner of the connection 'test' is not known", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SandboxDefaults.PartnerSid, "elsewhere", true)]
    [InlineData(Other, "test", false)]
    [InlineData(null, "test", true)]
    [InlineData(null, "elsewhere", false)]
    public async Task A_change_counts_for_the_partner_that_made_it_or_where_that_is_not_known_for_the_name(string? partner, string name, bool isDone)
    {
        await using var journal = await JournalStage.StartAsync();
        var rule = journal.Stage.State.Rules.All().First(rule => !rule.ReadOnly).RuleSid;
        await ListOrigin.FindAsync(journal.Stage.CarrierX, journal.Stage.Observer, Stage.Cancel);
        journal.Run([Rename(journal, rule)]);
        var head = JObject.Parse(journal.Lines[0]);
        Assert.Equal((SandboxDefaults.PartnerSid, "test"), ((string?)head["partner"], (string?)head["connection"]));
        head["partner"] = partner;
        head["connection"] = name;
        File.WriteAllLines(journal.FilePath, [head.ToString(Newtonsoft.Json.Formatting.None), .. journal.Lines.Skip(1)]);

        var outcome = Assert.Single(journal.Run([Rename(journal, rule)]));

        Assert.Equal(isDone ? ChangeStatus.Unchanged : ChangeStatus.Changed, outcome.Status);
    }

    [Fact]
    public async Task What_belongs_to_another_partner_is_refused_with_both_of_them_named()
    {
        await using var stage = await Stage.StartAsync();
        await ListOrigin.FindAsync(stage.CarrierX, stage.Observer, Stage.Cancel);

        var error = Assert.Throws<AclException>(() => (ListOrigin.Of(stage.CarrierX) with { Partner = Other }).Check(stage.CarrierX));

        Assert.Contains($"for the partner {Other}, and the connection 'test' is for the partner {SandboxDefaults.PartnerSid}.", error.Message, StringComparison.Ordinal);
    }

    private static Change<AccessControlRule> Rename(JournalStage journal, string rule) => new(new ChangeRow("row", 1))
    {
        Action = ChangeAction.Update,
        Client = journal.Stage.Rules,
        Id = rule,
        Key = rule,
        Patch = Patch.Rule(("name", "renamed")),
    };
}
