using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>Where nobody can answer, a removal that was not confirmed beforehand removes nothing and says why.</summary>
public sealed class ConfirmationTests
{
    [Theory(Timeout = HostingStage.Patience)]
    [InlineData(false, "Remove-ImpersonationRegistryEntry")]
    [InlineData(true, "Remove-ImpersonationRegistryEntry")]
    [InlineData(false, "Remove-AccessControlRule")]
    [InlineData(true, "Remove-AccessControlRule")]
    public async Task A_removal_that_nobody_can_confirm_is_a_clear_error_and_sends_no_write(bool hasScreen, string cmdlet)
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost(hasScreen ? new NonInteractiveUI() : null));
        stage.ConnectCloudflare(runspace);
        stage.ConnectCarrierX(runspace);
        var isRule = cmdlet.EndsWith("Rule", StringComparison.Ordinal);
        PSObject[] rows = [.. Enumerable.Range(2, 2).Select(index => isRule ? Engine.Row(("rule_sid", SandboxIds.Rule(index))) : Engine.Row(("id", SandboxIds.Entry(index))))];

        var run = runspace.Invoke(cmdlet, new { Connection = isRule ? stage.CarrierX : stage.Cloudflare }, rows);

        var failure = Assert.IsAssignableFrom<RuntimeException>(run.Failure);
        Assert.StartsWith("NotConfirmed,AclAdmin.Commands.", failure.ErrorRecord.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(hasScreen ? "NonInteractive mode" : "does not support user interaction", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Specify -Force, or -Confirm:$false, where nobody can answer.", failure.ErrorRecord.ErrorDetails.RecommendedAction, StringComparison.Ordinal);

        // Each row is accounted for: the first by what ended the run, the others as not sent.
        Assert.Same(rows[0], failure.ErrorRecord.TargetObject);
        Assert.Equal(rows[1], Assert.Single(run.Errors, error => error.FullyQualifiedErrorId.StartsWith("NotSent,", StringComparison.Ordinal)).TargetObject);
        Assert.Empty(stage.Writes);
        Assert.Equal((60, 20), (stage.State.Entries.Count, stage.State.Rules.Count));

        var confirmed = runspace.Invoke(cmdlet, new { Connection = isRule ? stage.CarrierX : stage.Cloudflare, Confirm = false }, rows[..1]);

        Assert.Null(confirmed.Failure);
        Assert.Equal("DELETE", Assert.Single(stage.Writes).Method);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task An_undo_that_nobody_can_confirm_is_a_clear_error_and_sends_no_write()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost(null));
        stage.ConnectCloudflare(runspace);
        var journal = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            PSObject[] rows = [.. Enumerable.Range(2, 2).Select(index => Engine.Row(("id", SandboxIds.Entry(index)), ("comments", "edited")))];
            Assert.Null(runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, JournalPath = journal }, rows).Failure);
            var writes = stage.Writes.Count;

            var run = runspace.Invoke("Undo-AclChange", new { Connection = stage.Cloudflare, JournalPath = journal, Last = true });

            var failure = Assert.IsAssignableFrom<RuntimeException>(run.Failure);
            Assert.StartsWith("NotConfirmed,AclAdmin.Commands.", failure.ErrorRecord.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.StartsWith("Specify -Force, or -Confirm:$false, where nobody can answer.", failure.ErrorRecord.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Single(run.Errors, error => error.FullyQualifiedErrorId.StartsWith("NotSent,", StringComparison.Ordinal));
            Assert.Equal(writes, stage.Writes.Count);
        }
        finally
        {
            File.Delete(journal);
        }
    }
}
