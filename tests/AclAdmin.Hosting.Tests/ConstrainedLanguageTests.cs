using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>A session whose scripts may call no method of .NET, as lockdown policies have it.</summary>
public sealed class ConstrainedLanguageTests
{
    [Fact(Timeout = HostingStage.Patience)]
    public async Task Edits_from_rows_work_in_constrained_language()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost(), PSLanguageMode.ConstrainedLanguage);
        AssertConstrained(runspace);
        stage.ConnectCloudflare(runspace);

        var run = runspace.InvokeScript(
            $$"""
            $input | Set-ImpersonationRegistryEntry -Connection {{stage.Cloudflare}} -PassThru
            Set-ImpersonationRegistryEntry {{SandboxIds.Entry(3)}} -Connection {{stage.Cloudflare}} -Comments 'from a script' -PassThru
            Get-ImpersonationRegistryEntry {{SandboxIds.Entry(4)}} -Connection {{stage.Cloudflare}} |
                Set-ImpersonationRegistryEntry -Connection {{stage.Cloudflare}} -Comments { "about $($_.Name)" } -PassThru
            """,
            HostingStage.Comments([1, 2]));

        Assert.Null(run.Failure);
        Assert.Empty(run.Errors);
        var name = stage.State.Entries.Find(SandboxIds.Entry(4))!.Name;
        Assert.Equal(["new", "new", "from a script", "about " + name], run.Output.Select(entry => entry.Properties["Comments"].Value));
    }

    [Fact]
    public void The_module_can_be_imported_from_constrained_language()
    {
        var state = InitialSessionState.CreateDefault2();
        state.LanguageMode = PSLanguageMode.ConstrainedLanguage;
        using var runspace = RunspaceFactory.CreateRunspace(new BareHost(), state);
        runspace.Open();
        AssertConstrained(runspace);

        var run = runspace.InvokeScript($"Import-Module '{Engine.ModulePath}'; (Get-Module AclAdmin).ExportedCmdlets.Count");

        Assert.Null(run.Failure);
        Assert.Empty(run.Errors);
        Assert.True((int)Assert.Single(run.Output).BaseObject > 10);
    }

    // Without it a session that is not constrained at all would pass as well.
    private static void AssertConstrained(Runspace runspace)
    {
        var run = runspace.InvokeScript("[IO.Path]::GetTempPath()");
        var refusal = run.Errors.Count > 0 ? run.Errors[0] : ((RuntimeException)run.Failure!).ErrorRecord;
        Assert.Equal("MethodInvocationNotSupportedInConstrainedLanguage", refusal.FullyQualifiedErrorId);
    }
}
