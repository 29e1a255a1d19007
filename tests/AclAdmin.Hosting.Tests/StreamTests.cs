using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>A host that collects every stream gets all of it, in the order of the rows, and no secret.</summary>
public sealed class StreamTests
{
    private static readonly string[] Secrets =
    [
        SandboxDefaults.CloudflareToken, SandboxDefaults.CarrierXToken, SandboxDefaults.ClientSecret, SandboxDefaults.Password,
    ];

    [Fact(Timeout = HostingStage.Patience)]
    public async Task Every_stream_is_collected_in_full_and_errors_are_of_their_rows_in_order()
    {
        await using var stage = await HostingStage.StartAsync(options => options with { SyncedEvery = 0, LatencyMilliseconds = 60 });
        stage.State.Faults.Add(new FaultRule { Kind = FaultKinds.Slow, Seconds = 0.1, Every = 2, PerItem = true, Stagger = true });
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        var rows = HostingStage.Comments(Enumerable.Range(1, 30));
        rows[3] = Engine.Row(("id", SandboxIds.Entry(4)), ("is_email_regex", "maybe"));
        rows[9] = Engine.Row(("id", SandboxIds.Entry(999)), ("comments", "new"));
        rows[10] = Engine.Row(("id", ""), ("comments", "new"));
        rows[22] = Engine.Row(("id", SandboxIds.Entry(998)), ("comments", "new"), ("coment", "misspelt"));

        // By itself -Debug makes the engine ask at each warning, which nobody could answer.
        runspace.SessionStateProxy.SetVariable("DebugPreference", ActionPreference.Continue);
        var run = runspace.Invoke(
            "Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, PassThru = true, Verbose = true, ThrottleLimit = 8 }, rows);

        Assert.Null(run.Failure);
        Assert.Equal(new[] { rows[3], rows[9], rows[10], rows[22] }, run.Errors.Select(error => error.TargetObject));
        Assert.Equal(
            ["InvalidCell", "NotFound", "ValidationFailed", "NotFound"], run.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["Row 4", "Row 10", "Row 11", "Row 23"], run.Errors.Select(error => error.ErrorDetails.Message.Split(':')[0]));
        Assert.Equal(
            rows.Except([rows[3], rows[9], rows[10], rows[22]]).Select(row => row.Properties["id"].Value), run.Output.Select(entry => entry.Properties["Id"].Value));
        Assert.Contains("'coment'", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal(28, run.Verbose.Count(line => line.StartsWith("PATCH ", StringComparison.Ordinal)));
        Assert.Equal(28, run.Debug.Count);
        Assert.All(run.Debug, exchange => Assert.Contains("Authorization: ********", exchange, StringComparison.Ordinal));
        Assert.StartsWith("30 rows: 26 changed, 0 unchanged, 4 failed, 0 skipped in ", Assert.Single(run.Information), StringComparison.Ordinal);
        if (Environment.UserInteractive)
        {
            Assert.NotEmpty(run.Progress);
        }

        AssertNoSecret(stage, run);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task No_stream_holds_a_secret_whether_it_goes_well_or_fails()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost());
        var noise = new { Verbose = true, Debug = true };
        var grant = runspace.Invoke("Connect-CarrierXAccount", new
        {
            Credential = new PSCredential(SandboxDefaults.Username, Engine.Secret(SandboxDefaults.Password)),
            SandboxDefaults.ClientId,
            ClientSecret = Engine.Secret(SandboxDefaults.ClientSecret),
            BaseUri = stage.Sandbox.CarrierXUri,
            Name = stage.CarrierX,
            PassThru = true,
            noise.Verbose,
            noise.Debug,
        });
        Assert.Empty(grant.Errors);
        var connected = stage.ConnectCloudflare(runspace);
        var plain = runspace.Invoke("Connect-CloudflareAccount", new { AccountId = "a", ApiToken = SandboxDefaults.CloudflareToken });
        Assert.NotNull(plain.Failure);
        var read = runspace.Invoke("Get-AccessControlRule", new { Connection = stage.CarrierX, First = 2, noise.Verbose, noise.Debug });
        var tested = runspace.Invoke("Test-AclConnection", new { Connection = stage.CarrierX, noise.Verbose, noise.Debug });
        stage.State.Faults.Add(new FaultRule { Kind = FaultKinds.Status, Status = 401 });
        var refused = runspace.Invoke("Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, noise.Verbose, noise.Debug });
        Assert.NotNull(refused.Failure);
        Assert.NotEmpty(refused.Debug);

        AssertNoSecret(stage, grant, connected, plain, read, tested, refused);
    }

    private static void AssertNoSecret(HostingStage stage, params Run[] runs)
    {
        var secrets = Secrets.Concat(stage.State.Tokens.All().SelectMany(token => new[] { token.AccessToken, token.RefreshToken })).ToArray();
        var text = string.Join('\n', runs.SelectMany(run => run.AllText()));
        Assert.NotEmpty(text);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
    }
}
