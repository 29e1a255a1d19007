using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>Reading a list of many pages is shown with a count, also where a run reads it before it writes, and is taken away at the end.</summary>
public sealed class ReadingProgressTests
{
    /// <summary>Longer than the quarter of a second for which nothing is shown.</summary>
    private const int Latency = 300;

    [Theory(Timeout = HostingStage.Patience)]
    [InlineData("Get-ImpersonationRegistryEntry", "impersonation registry entries", 4000)]
    [InlineData("Get-ImpersonationRegistryEntry -First 2500", "impersonation registry entries", 2500)]
    [InlineData("Get-ImpersonationRegistryEntry nobody@example.com -MatchBy Email", "impersonation registry entries", 4000)]
    [InlineData("Get-AccessControlRule", "access control rules", 3500)]
    [InlineData("[pscustomobject] @{ email = 'new@example.com'; name = 'New' } | New-ImpersonationRegistryEntry -WhatIf", "impersonation registry entries", 4000)]
    [InlineData("[pscustomobject] @{ email = 'finance@example.com'; comments = 'x' } | Set-ImpersonationRegistryEntry -MatchBy Email", "impersonation registry entries", 4000)]
    [InlineData("[pscustomobject] @{ email = 'new@example.com'; name = 'New' } | Sync-ImpersonationRegistryEntry -WhatIf", "impersonation registry entries", 4000)]
    [InlineData("[pscustomobject] @{ id = $id; comments = 'x' } | Set-ImpersonationRegistryEntry -SkipUnchanged", "impersonation registry entries", 4000)]
    [InlineData("Set-ImpersonationRegistryEntry $id -Comments x -JournalPath $journal; Undo-AclChange -Last -Force -JournalPath $journal", "impersonation registry entries", 4000)]
    public async Task Reading_shows_how_much_of_the_total_is_read_and_ends(string script, string items, int total)
    {
        Assert.SkipUnless(Environment.UserInteractive, "Nothing is shown where nobody looks.");
        await using var stage = await HostingStage.StartAsync(options => options with { Entries = 4000, Rules = 3500, LatencyMilliseconds = Latency });
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        stage.ConnectCarrierX(runspace);

        var run = Invoke(stage, runspace, script);

        Assert.Null(run.Failure);
        var records = run.Progress.Where(record => record.Activity == $"Reading {items}").ToArray();
        Assert.True(records.Length > 1);
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
        var shown = records[..^1];
        Assert.All(shown, record => Assert.Equal(ProgressRecordType.Processing, record.RecordType));
        Assert.Equal(FormattableString.Invariant($"1,000 of {total:#,0} read"), shown[0].StatusDescription);
        Assert.Equal(100_000 / total, shown[0].PercentComplete);
        Assert.Equal(shown.Select(record => record.PercentComplete).Order(), shown.Select(record => record.PercentComplete));
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_filtered_list_has_a_count_only_as_the_service_counts_without_filters()
    {
        Assert.SkipUnless(Environment.UserInteractive, "Nothing is shown where nobody looks.");
        await using var stage = await HostingStage.StartAsync(options => options with { Entries = 3000, LatencyMilliseconds = Latency });
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);

        var run = Invoke(stage, runspace, "Get-ImpersonationRegistryEntry -Search example");

        var records = run.Progress.Where(record => record.Activity.StartsWith("Reading ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(("1,000 read", -1), (records[0].StatusDescription, records[0].PercentComplete));
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task What_fits_on_a_page_is_read_without_progress_and_a_reading_that_fails_takes_its_own_away()
    {
        Assert.SkipUnless(Environment.UserInteractive, "Nothing is shown where nobody looks.");
        await using var stage = await HostingStage.StartAsync(options => options with { Entries = 3000, Rules = 10, LatencyMilliseconds = Latency });
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        stage.ConnectCarrierX(runspace);

        Assert.Empty(Invoke(stage, runspace, "Get-AccessControlRule").Progress);
        Assert.Empty(Invoke(stage, runspace, "Get-ImpersonationRegistryEntry -First 2").Progress);

        stage.State.Faults.Add(new FaultRule { Kind = FaultKinds.Status, Status = 400, Every = 3 });
        var run = Invoke(stage, runspace, "Get-ImpersonationRegistryEntry");

        Assert.Single(run.Errors);
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        Assert.Contains(run.Progress, record => record.RecordType == ProgressRecordType.Processing);
    }

    private static Run Invoke(HostingStage stage, Runspace runspace, string script)
    {
        var journal = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            return runspace.InvokeScript($$"""
                $PSDefaultParameterValues = @{
                    '*-ImpersonationRegistryEntry:Connection' = '{{stage.Cloudflare}}'; 'Undo-AclChange:Connection' = '{{stage.Cloudflare}}'
                    '*-AccessControlRule:Connection' = '{{stage.CarrierX}}'
                }
                $id = '{{SandboxIds.Entry(2)}}'
                $journal = '{{journal}}'
                {{script}}
                """);
        }
        finally
        {
            File.Delete(journal);
        }
    }
}
