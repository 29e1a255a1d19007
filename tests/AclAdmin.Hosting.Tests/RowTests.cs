using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>Rows that no Import-Csv has made: objects of the host, of a class, or results that came back from a file or another session.</summary>
public sealed class RowTests
{
    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_row_that_the_host_made_of_note_properties_says_its_columns()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        var row = Engine.Row(("id", SandboxIds.Entry(1)), ("name", PSObject.AsPSObject("Ann")), ("is_email_regex", true), ("comments", null));

        var run = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare }, new[] { row });

        Assert.Empty(run.Errors);
        Assert.Equal("""{"name":"Ann","is_email_regex":true}""", Assert.Single(stage.Writes).Body);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task An_instance_of_a_class_is_a_row_and_a_number_is_an_error_of_its_own()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        var edit = new Edit(SandboxIds.Entry(1), "new");

        var run = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare }, new object[] { edit, 5, HostingStage.Comments([2])[0] });

        Assert.Null(run.Failure);
        var error = Assert.Single(run.Errors);
        Assert.Equal("Row 2: An object of type Int32 is not a row with columns.", error.ErrorDetails.Message);
        Assert.StartsWith("Pipe rows with columns", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(new[] { SandboxIds.Entry(1), SandboxIds.Entry(2) }.Order(), stage.Writes.Select(write => write.Path.Split('/').Last()).Order());
        Assert.Contains(stage.Writes, write => write.Body == """{"comments":"new"}""");
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task Results_that_came_through_clixml_say_which_and_nothing_else()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        stage.ConnectCarrierX(runspace);
        var entries = PassThrough(runspace.Invoke("Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, First = 3 }));
        var rules = PassThrough(runspace.Invoke("Get-AccessControlRule", new { Connection = stage.CarrierX, First = 3 }));
        Assert.All(entries, entry => Assert.StartsWith("Deserialized.", entry.TypeNames[0], StringComparison.Ordinal));

        var set = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, Comments = "new" }, entries);
        var updated = runspace.Invoke("Update-AccessControlRule", new { Connection = stage.CarrierX, Name = "N" }, rules);

        Assert.Empty(set.Errors.Concat(updated.Errors));
        Assert.Equal(
            Enumerable.Repeat("""{"comments":"new"}""", 3).Concat(Enumerable.Repeat("""{"name":"N"}""", 3)), stage.Writes.Select(request => request.Body));
        Assert.Equal(
            entries.Select(entry => entry.Properties["Id"].Value).Concat(rules.Select(rule => rule.Properties["RuleSid"].Value)).Order(),
            stage.Writes.Select(request => request.Path.Split('/')[^1]).Order());
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task Error_records_that_came_through_clixml_still_say_what_failed_and_for_which_row()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        var row = Engine.Row(("id", SandboxIds.Entry(999)), ("comments", "new"));
        var run = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare }, new[] { row });

        var text = PSSerializer.Serialize(Assert.Single(run.Errors), 3);
        var error = Assert.IsType<PSObject>(PSSerializer.Deserialize(text));
        object? Of(string property) => error.Properties[property].Value;

        Assert.DoesNotContain(SandboxDefaults.CloudflareToken, text, StringComparison.Ordinal);
        Assert.StartsWith("NotFound,", (string?)Of("FullyQualifiedErrorId"), StringComparison.Ordinal);
        Assert.Equal((int)ErrorCategory.ObjectNotFound, Of("ErrorCategory_Category"));
        Assert.StartsWith("Row 1: PATCH ", (string?)Of("ErrorDetails_Message"), StringComparison.Ordinal);
        Assert.Equal(SandboxIds.Entry(999), PSObject.AsPSObject(Of("TargetObject")).Properties["id"].Value);

        // So the rows of the errors that a job gave back can be run again.
        var again = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare }, new[] { Of("TargetObject") });

        Assert.StartsWith("NotFound,", Assert.Single(again.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(["""{"comments":"new"}""", """{"comments":"new"}"""], stage.Writes.Select(request => request.Body));
    }

    private static PSObject[] PassThrough(Run run)
    {
        Assert.Empty(run.Errors);
        Assert.Equal(3, run.Output.Count);
        return [.. run.Output.Select(thing => Assert.IsType<PSObject>(PSSerializer.Deserialize(PSSerializer.Serialize(thing, 2))))];
    }

    private sealed record Edit(string Id, string Comments);
}
