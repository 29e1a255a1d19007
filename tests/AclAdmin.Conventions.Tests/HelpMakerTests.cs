using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>The program that makes the help.</summary>
public sealed class HelpMakerTests : IDisposable
{
    /// <summary>A page, what stands in it, what stands there in its place, and the error.</summary>
    private static readonly (string Page, string Present, string Edited, string Error)[] Faults =
    [
        ("Disconnect-AclConnection", "### -Revoke", "### -Revokes", "The page explains -Revokes, which the cmdlet does not have."),
        ("Export-AclChangeReport", "### -Title\n", "### Title\n", "Nothing explains -Title: add the section '### -Title' to the page, or to a file of Shared."),
        ("Get-AclChange", "### -State\n", "### -RunId\n", "The heading -RunId is there twice."),
        ("Get-AclConnection", "```powershell\n", "```sh\n", "'Example 1: Show the connections' must have one block of PowerShell code, and no other."),
        ("Get-AclRun", "## NOTES\n", "## REMARKS\n", "There is no Shared/AclRun.md, and the page has not every section."),
        ("Undo-AclChange", "Error ids:\n", "> Error ids:\n", "A text has a QuoteBlock; Get-Help shows paragraphs and lists alone."),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("acladmin-help-").FullName;

    public HelpMakerTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "Shared"));
        foreach (var path in Directory.GetFiles(Repository.HelpSource, "*.md", SearchOption.AllDirectories))
        {
            File.WriteAllText(Path.Combine(_folder, Path.GetRelativePath(Repository.HelpSource, path)), File.ReadAllText(path).ReplaceLineEndings("\n"));
        }
    }

    [Fact]
    public void Pages_that_no_help_can_be_made_of_are_errors_of_the_build()
    {
        foreach (var (page, present, edited, _) in Faults)
        {
            var path = Path.Combine(_folder, page + ".md");
            File.WriteAllText(path, File.ReadAllText(path).Replace(present, edited, StringComparison.Ordinal));
        }

        File.WriteAllText(Path.Combine(_folder, "Get-Nothing.md"), "");
        File.Delete(Path.Combine(_folder, "Test-AclConnection.md"));

        var expected = Faults.Select(fault => (fault.Page, fault.Error))
            .Append(("Get-Nothing", "There is no such cmdlet."))
            .Append(("Test-AclConnection", "There is no Test-AclConnection.md."))
            .Select(fault => $"{fault.Item1}.md : error HELP: {fault.Item2}");
        var (exitCode, errors) = MakeHelp();

        Assert.Equal(1, exitCode);
        Assert.Equal(expected.Order(StringComparer.Ordinal), errors.Order(StringComparer.Ordinal));
        Assert.False(File.Exists(Path.Combine(_folder, "made.xml")));
    }

    [Fact]
    public void Same_pages_make_the_same_file()
    {
        var (exitCode, errors) = MakeHelp();

        Assert.Empty(errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(File.ReadAllBytes(Repository.HelpFile), File.ReadAllBytes(Path.Combine(_folder, "made.xml")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Makes the help of the copied pages; the errors come without the folder.</summary>
    private (int ExitCode, string[] Errors) MakeHelp()
    {
        var module = Path.Combine(Repository.ModuleOutput, "AclAdmin.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Repository.HelpMaker, module, _folder, Path.Combine(_folder, "made.xml")]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors.ReplaceLineEndings("\n").Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
