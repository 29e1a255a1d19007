using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>A file that was written in ASCII has question marks for letters. Where the present value shows that, they are not sent.</summary>
public sealed class LostLettersTests
{
    private const string Whole = "Tomás Müller \U0001F600";

    [Theory(Timeout = HostingStage.Patience)]
    [InlineData("-SkipUnchanged")]
    [InlineData("-WhatIf")]
    [InlineData("-JournalPath '{0}'")]
    [InlineData("-SkipUnchanged -JournalPath '{0}'")]
    public async Task Question_marks_for_letters_of_the_present_value_are_refused(string options)
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(stage);
        var folder = Directory.CreateTempSubdirectory("acladmin-letters-").FullName;
        try
        {
            var sent = stage.Writes.Count;
            var run = runspace.InvokeScript(
                $"$input | Set-ImpersonationRegistryEntry -Connection {stage.Cloudflare} {string.Format(null, options, Path.Combine(folder, "journal.jsonl"))}",
                new[]
                {
                    Row(1, "Tom?s M?ller ?"),
                    Row(2, "Tom?s M?ller ??"),
                    Row(3, "Tom?s Müller " + "\U0001F600"),
                    Row(4, "Tom?s Miller ?"),
                    Row(5, Whole + "?"),
                });

            Assert.Null(run.Failure);
            Assert.Equal([1L, 2L, 3L], run.Errors.Select(error => long.Parse(error.ToString().AsSpan(4, 1), null)));
            Assert.All(run.Errors, error => Assert.StartsWith("InvalidCell", error.FullyQualifiedErrorId, StringComparison.Ordinal));
            Assert.Contains("-Encoding utf8", run.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Equal(options == "-WhatIf" ? 0 : 2, stage.Writes.Count - sent);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task An_undo_restores_question_marks_that_were_there()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Open(stage);
        var folder = Directory.CreateTempSubdirectory("acladmin-letters-").FullName;
        try
        {
            var run = runspace.InvokeScript(
                $$"""
                Set-ImpersonationRegistryEntry {{SandboxIds.Entry(1)}} -Comments 'Tom?s' -Connection {{stage.Cloudflare}}
                Set-ImpersonationRegistryEntry {{SandboxIds.Entry(1)}} -Comments '{{"Tom\u00E1s"}}' -Connection {{stage.Cloudflare}} -JournalPath '{{folder}}/journal.jsonl'
                Get-AclChange '{{folder}}/journal.jsonl' | Undo-AclChange -Confirm:$false
                """);

            Assert.Null(run.Failure);
            Assert.Empty(run.Errors);
            Assert.Equal("Tom?s", stage.State.Entries.Find(SandboxIds.Entry(1))!.Comments);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory(Timeout = HostingStage.Patience)]
    [InlineData("one\ntwo\n", "one\r\ntwo\r\n", 0)]
    [InlineData("one\r\ntwo", "one\ntwo", 0)]
    [InlineData("one\rtwo", "one\ntwo", 0)]
    [InlineData("one\ntwo", "one\n\ntwo", 1)]
    public async Task Skipping_the_unchanged_ignores_the_kind_of_line_end(string present, string cell, int sent)
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        runspace.Invoke("Set-ImpersonationRegistryEntry", new { Id = SandboxIds.Entry(1), Comments = present, Connection = stage.Cloudflare });
        var before = stage.Writes.Count;

        var run = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, SkipUnchanged = true }, HostingStage.Comments([1], cell));

        Assert.Empty(run.Errors);
        Assert.Equal(sent, stage.Writes.Count - before);
    }

    private static Runspace Open(HostingStage stage)
    {
        var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        var run = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare }, Enumerable.Range(1, 5).Select(index => Row(index, Whole)).ToArray());
        Assert.Empty(run.Errors);
        return runspace;
    }

    private static PSObject Row(int index, string comments) => Engine.Row(("id", SandboxIds.Entry(index)), ("comments", comments));
}
