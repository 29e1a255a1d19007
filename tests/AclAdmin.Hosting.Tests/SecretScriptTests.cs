using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>Tokens, keys and client secrets may be script blocks: run when one is first needed, again after a refusal, and never shown.</summary>
public sealed class SecretScriptTests
{
    private const string Stale = "stale-0123456789-0123456789-0123456789ab";

    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_script_block_is_run_by_the_first_request_and_not_before()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(SandboxDefaults.CloudflareToken);

        Assert.Null(Connect(stage, runspace, "{ $box.Runs++; $box.Token }").Failure);
        Assert.Equal(0, Box(runspace)["Runs"]);

        var run = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare }, HostingStage.Comments(Enumerable.Range(1, 20)));

        Assert.Empty(run.Errors);
        Assert.Equal(20, stage.Writes.Count);
        Assert.All(stage.Writes, request => Assert.Equal("Bearer " + SandboxDefaults.CloudflareToken, request.Headers["authorization"]));
        Assert.Equal(1, Box(runspace)["Runs"]);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_refused_secret_is_obtained_anew_once_for_all_requests()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(SandboxDefaults.CloudflareToken);
        Connect(stage, runspace, $"{{ $box.Runs++; if ($box.Runs -eq 1) {{ '{Stale}' }} else {{ $box.Token }} }}");

        var run = runspace.Invoke(
            "Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, ThrottleLimit = 8 }, HostingStage.Comments(Enumerable.Range(1, 20)));

        Assert.Empty(run.Errors);
        Assert.Equal(2, Box(runspace)["Runs"]);
        Assert.Equal(20, stage.Writes.Count(request => request.Status == 200));
        Assert.All(run.AllText(), text => Assert.DoesNotContain(Stale, text));
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_secret_that_is_refused_and_does_not_change_is_sent_once()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(Stale);
        Connect(stage, runspace, "{ $box.Runs++; $box.Token }");

        var run = runspace.Invoke("Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare });

        Assert.Contains("AuthenticationFailed", Errors(run).Single().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(2, Box(runspace)["Runs"]);
        Assert.Single(stage.State.Log.Requests());
        Assert.All(run.AllText(), text => Assert.DoesNotContain(Stale, text));
    }

    [Theory(Timeout = HostingStage.Patience)]
    [InlineData("{ }", "returned nothing.")]
    [InlineData("{ $box.Token; $box.Token }", "returned 2 values in place of one.")]
    [InlineData("{ 42 }", "returned neither text nor a SecureString.")]
    [InlineData("{ $box.Token + ' ' + $box.Token }", "returned what is no secret: A token or key holds a space")]
    [InlineData("{ throw \"unusable: $($box.Token)\" }", "failed in line 1 with RuntimeException (OperationStopped)")]
    [InlineData("{ & $box.Token }", "failed in line 1 with CommandNotFoundException (ObjectNotFound)")]
    [InlineData("{ Write-Error $box.Token }", "failed in line 1 with WriteErrorException (NotSpecified)")]
    [InlineData("{ op-of-nobody read x }", "did not find the command 'op-of-nobody'")]
    [InlineData("{ Write-Verbose $box.Token -Verbose; Write-Warning $box.Token; Write-Information $box.Token -InformationAction Continue }", "returned nothing.")]
    public async Task A_script_block_that_fails_is_named_and_shows_nothing_of_what_it_handled(string script, string reason)
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(Stale);
        Connect(stage, runspace, script);

        var run = runspace.InvokeScript($"Get-ImpersonationRegistryEntry -Connection {stage.Cloudflare} -Verbose -Debug");

        Assert.Contains("The script block of -ApiToken " + reason, Errors(run).Single().ToString(), StringComparison.Ordinal);
        Assert.Empty(stage.State.Log.Requests());
        Assert.All(run.AllText(), text => Assert.DoesNotContain(Stale, text));
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_failure_ends_the_run_and_the_script_block_is_not_run_for_every_row()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(Stale);
        Connect(stage, runspace, "{ $box.Runs++; throw 'locked' }");

        var run = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare }, HostingStage.Comments(Enumerable.Range(1, 20)));

        Assert.Empty(stage.Writes);
        Assert.Equal(1, Box(runspace)["Runs"]);
        Assert.Equal(20, Errors(run).Select(error => error.TargetObject).Distinct().Count());
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_secure_string_is_accepted_and_the_session_that_connected_may_have_ended()
    {
        await using var stage = await HostingStage.StartAsync();
        using (var first = Open(SandboxDefaults.CloudflareToken))
        {
            Connect(stage, first, "{ ConvertTo-SecureString $box.Token -AsPlainText -Force }");
        }

        using var later = Engine.Open();

        Assert.Single(later.Invoke("Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, First = 1 }).Output);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_script_block_has_the_language_mode_of_the_session_that_connected()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(SandboxDefaults.CloudflareToken, PSLanguageMode.ConstrainedLanguage);
        Connect(stage, runspace, "{ [IO.Path]::GetTempPath(); $box.Token }");

        var run = runspace.Invoke("Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, First = 1 });

        Assert.Single(run.Output);
        Connect(stage, runspace, "{ [IO.Path]::GetTempPath() }");
        run = runspace.Invoke("Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, First = 1 });
        Assert.Contains("failed in line 1 with", Errors(run).Single().ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task Stopping_the_pipeline_stops_a_script_block_that_waits()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(SandboxDefaults.CloudflareToken);
        using var entered = new ManualResetEventSlim();
        Box(runspace)["Entered"] = entered;
        Connect(stage, runspace, "{ $box.Entered.Set(); Start-Sleep 3600 }");
        using var shell = PowerShell.Create(runspace);
        Engine.Add(shell, "Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare });
        var waiting = shell.BeginInvoke();
        await Task.Run(() => entered.Wait(HostingStage.Cancel), HostingStage.Cancel);

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(waiting));
        Assert.Empty(stage.State.Log.Requests());
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_global_key_and_a_client_secret_are_obtained_too()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(SandboxDefaults.ClientSecret);
        var connected = runspace.InvokeScript(
            $$"""
            $password = ConvertTo-SecureString '{{SandboxDefaults.Password}}' -AsPlainText -Force
            Connect-CarrierXAccount -Credential ([pscredential]::new('{{SandboxDefaults.Username}}', $password)) -ClientId '{{SandboxDefaults.ClientId}}' -ClientSecret {
                $box.Runs++; if ($box.Runs -eq 1) { '{{Stale}}' } else { $box.Token }
            } -BaseUri '{{stage.Sandbox.CarrierXUri}}' -Name {{stage.CarrierX}}
            """);

        Assert.Null(connected.Failure);
        Assert.Equal(2, Box(runspace)["Runs"]);
        Assert.Single(runspace.Invoke("Get-AccessControlRule", new { Connection = stage.CarrierX, First = 1 }).Output);

        Box(runspace)["Token"] = SandboxDefaults.CloudflareKey;
        runspace.InvokeScript(
            $$"""
            Connect-CloudflareAccount {{SandboxDefaults.AccountId}} -Email {{SandboxDefaults.CloudflareEmail}} -ApiKey { $box.Token } -BaseUri '{{stage.Sandbox.CloudflareUri}}' -Name {{stage.Cloudflare}}
            Get-ImpersonationRegistryEntry -Connection {{stage.Cloudflare}} -First 1
            """);
        Assert.Equal(SandboxDefaults.CloudflareKey, stage.State.Log.Requests()[^1].Headers["x-auth-key"]);
    }

    private static Runspace Open(string token, PSLanguageMode language = PSLanguageMode.FullLanguage)
    {
        var runspace = Engine.Open(new BareHost(), language);
        runspace.SessionStateProxy.SetVariable("box", Hashtable.Synchronized(new Hashtable { ["Token"] = token, ["Runs"] = 0 }));
        return runspace;
    }

    private static Hashtable Box(Runspace runspace) => (Hashtable)((PSObject)runspace.InvokeScript("$box").Output.Single()).BaseObject;

    private static Run Connect(HostingStage stage, Runspace runspace, string script) => runspace.InvokeScript(
        $"Connect-CloudflareAccount {SandboxDefaults.AccountId} -ApiToken {script} -BaseUri '{stage.Sandbox.CloudflareUri}' -Name {stage.Cloudflare}");

    private static List<ErrorRecord> Errors(Run run) =>
        [.. run.Errors, .. run.Failure is RuntimeException { ErrorRecord: { } last } ? [last] : Array.Empty<ErrorRecord>()];
}
