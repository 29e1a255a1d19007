using System;
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
        var row = isRule ? Engine.Row(("rule_sid", SandboxIds.Rule(2))) : Engine.Row(("id", SandboxIds.Entry(1)));

        var run = runspace.Invoke(cmdlet, new { Connection = isRule ? stage.CarrierX : stage.Cloudflare }, new[] { row });

        Assert.NotNull(run.Failure);
        Assert.Contains(hasScreen ? "NonInteractive mode" : "does not support user interaction", run.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(stage.Writes);
        Assert.Equal((60, 20), (stage.State.Entries.Count, stage.State.Rules.Count));

        var confirmed = runspace.Invoke(cmdlet, new { Connection = isRule ? stage.CarrierX : stage.Cloudflare, Confirm = false }, new[] { row });

        Assert.Null(confirmed.Failure);
        Assert.Equal("DELETE", Assert.Single(stage.Writes).Method);
    }
}
