using System;
using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>Two partners of CarrierX at one address: the journal and the plan of one of them are not for the other.</summary>
public sealed class PartnerTests
{
    private const string Other = "0b7c1e52-4d83-4f6a-8a15-6e2d9c3b7f40";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_undo_does_not_create_what_another_partner_has_removed(bool force)
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open();
        var folder = Directory.CreateTempSubdirectory("acladmin-partner-");
        var journal = Path.Combine(folder.FullName, "changes.jsonl");
        stage.ConnectCarrierX(runspace);
        var other = ConnectOther(stage, runspace);
        var rule = stage.State.Rules.All()[^1].RuleSid;
        Assert.Empty(runspace.Invoke("Remove-AccessControlRule", new { RuleSid = rule, Connection = stage.CarrierX, JournalPath = journal, Force = true }).Errors);
        stage.State.Log.Clear();

        var run = runspace.Invoke("Undo-AclChange", new { JournalPath = journal, Last = true, Connection = other, Force = force, Confirm = false });

        var error = Assert.Single(run.Errors);
        Assert.StartsWith("ValidationFailed", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"for the partner {SandboxDefaults.PartnerSid}, and the connection '{other}' is for the partner {Other}. Nothing was sent.", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(stage.Writes);

        Assert.Empty(runspace.Invoke("Undo-AclChange", new { JournalPath = journal, Last = true, Connection = stage.CarrierX, Confirm = false }).Errors);
        Assert.Equal("POST", Assert.Single(stage.Writes).Method);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_plan_is_not_applied_for_another_partner()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open();
        var folder = Directory.CreateTempSubdirectory("acladmin-partner-");
        var plan = Path.Combine(folder.FullName, "plan.json");
        stage.ConnectCarrierX(runspace);
        var other = ConnectOther(stage, runspace);
        PSObject[] rows = [Engine.Row(("name", "planned"), ("field", "to"), ("operation", "exact"), ("quantifier", "any"), ("entries", "1800"))];
        Assert.Empty(runspace.Invoke("Sync-AccessControlRule", new { PlanPath = plan, Connection = stage.CarrierX }, rows).Errors);

        var run = runspace.Invoke("Sync-AccessControlRule", new { ApplyPlan = plan, Connection = other });

        var failure = Assert.IsAssignableFrom<RuntimeException>(run.Failure);
        Assert.StartsWith("PlanFailed", failure.ErrorRecord.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"The plan is for the partner '{SandboxDefaults.PartnerSid}', and this call is for '{Other}'.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(stage.Writes);

        Assert.Empty(runspace.Invoke("Sync-AccessControlRule", new { ApplyPlan = plan, Connection = stage.CarrierX }).Errors);
        Assert.Single(stage.Writes);
        folder.Delete(recursive: true);
    }

    private static string ConnectOther(HostingStage stage, System.Management.Automation.Runspaces.Runspace runspace)
    {
        var name = stage.CarrierX + "-other";
        runspace.Invoke("Connect-CarrierXAccount", new { AccessToken = Engine.Secret(stage.State.AddPartner(Other)), BaseUri = stage.Sandbox.CarrierXUri, Name = name });
        return name;
    }
}
