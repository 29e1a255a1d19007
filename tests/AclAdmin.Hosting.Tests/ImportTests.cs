using System;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>The module loads its types and views when it is imported: in each runspace, again after it was removed.</summary>
public sealed class ImportTests
{
    private const string Views = "(Get-FormatData AclAdmin.AclConnection).FormatViewDefinition.Name; (Get-TypeData AclAdmin.AclRun).Members.Keys | Sort-Object";

    [Fact(Timeout = HostingStage.Patience)]
    public async Task Each_runspace_has_the_views_also_after_a_further_import()
    {
        var each = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var runspace = RunspaceFactory.CreateRunspace();
            runspace.Open();
            return runspace.InvokeScript(
                $$"""
                Import-Module '{{Engine.ModulePath}}'; {{Views}}; '--'
                Import-Module '{{Engine.ModulePath}}' -Force; {{Views}}; '--'
                Remove-Module AclAdmin; Import-Module '{{Engine.ModulePath}}'; {{Views}}
                """);
        })));

        foreach (var run in each)
        {
            Assert.Null(run.Failure);
            Assert.Empty(run.Errors);
            var parts = string.Join(" ", run.Output).Split("--", StringSplitOptions.TrimEntries);
            Assert.Equal(3, parts.Length);
            Assert.All(parts, part => Assert.EndsWith(" Shown StartedAt", part, StringComparison.Ordinal));
            Assert.Single(parts.Distinct());
        }
    }
}
