using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Sync;

/// <summary>A plan is saved, shown and sent to others: it holds no secret, and one that held a secret cannot be applied.</summary>
public sealed class MaskedPlanTests : IDisposable
{
    private const string Token = SandboxDefaults.CloudflareToken;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"acladmin-plan-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(Token)]
    [InlineData("see " + Token + ", urgent")]
    [InlineData("c2FuZGJveC1jbG91ZGZsYXJlLXRva2Vu")]
    public async Task A_secret_in_a_cell_is_masked_in_file_markdown_and_diff_and_the_plan_is_refused(string cell)
    {
        await using var stage = await Stage.StartAsync();
        var plan = Plan(stage, cell);

        AclPlanFile.Save(_path, plan);

        var texts = new[] { File.ReadAllText(_path), plan.ToMarkdown(), plan.ToString() }
            .Concat(plan.Changes.SelectMany(change => new[] { change.ToDiff(), change.ToString(), string.Concat(change.Differences) }));
        Assert.All(texts, text => Assert.DoesNotContain(cell, text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("********", File.ReadAllText(_path), StringComparison.Ordinal);
        Assert.True(plan.IsMasked);
        var refusal = Assert.Throws<AclException>(() => Prepare(stage));
        Assert.Equal(ErrorKind.PlanFailed, refusal.Kind);
        Assert.Contains("held a secret, which is masked in the plan. Nothing was sent.", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(stage.State.Log.Requests(writesOnly: true));
    }

    [Fact]
    public async Task A_secret_that_the_service_shows_in_an_item_is_masked_where_the_item_is_removed()
    {
        await using var stage = await Stage.StartAsync();
        await stage.Registry.PatchAsync(SandboxIds.Entry(20), Patch.Entry(("name", "x " + Token)), stage.Observer, Stage.Cancel);

        var plan = Plan(stage, "nothing secret");

        var removal = plan.Changes[^1];
        Assert.True(removal.IsMasked);
        Assert.Equal("x ********", removal.Name);
        Assert.DoesNotContain(Token, removal.ToDiff() + string.Concat(removal.Differences) + plan.ToMarkdown(), StringComparison.Ordinal);
        Assert.False(plan.Changes[0].IsMasked);
    }

    [Fact]
    public async Task A_plan_without_secrets_is_as_before_and_states_nothing_about_masks()
    {
        await using var stage = await Stage.StartAsync();
        var plan = Plan(stage, "a\u202Eb");

        AclPlanFile.Save(_path, plan);

        Assert.False(plan.IsMasked);
        Assert.DoesNotContain("masked", File.ReadAllText(_path), StringComparison.Ordinal);
        Assert.Equal("a\u202Eb", (string?)AclPlanFile.Load(_path).Changes[0].Fields[0].After);
        Assert.Equal("\"a\\u202eb\"", plan.Changes[0].Differences[0].After);
    }

    private static AclPlan Plan(Stage stage, string comments)
    {
        var rows = Desired.Rows(stage).Take(19).ToList();
        rows[0] = Desired.Row(1, SandboxIds.Entry(1), ("comments", comments));
        return AclPlan.Of(Desired.Plan(stage, rows, removes: true), stage.Registry, SyncKey.Find(ImpersonationRegistryEntry.Descriptor, null), DateTime.UnixEpoch);
    }

    private SyncPlan<ImpersonationRegistryEntry> Prepare(Stage stage)
    {
        var states = Stage.States(stage);
        return new SavedPlan<ImpersonationRegistryEntry>(ImpersonationRegistryDefinition.Instance, states).Prepare(stage.Registry, AclPlanFile.Load(_path));
    }
}
