using System.IO;
using System.Linq;
using AclAdmin.Testing;
using Xunit;

namespace AclAdmin.PesterTests;

public sealed class EngineTests
{
    [Theory]
    [InlineData("Core 7.6.0")]
    [InlineData("Core 7.6.9\n")]
    [InlineData("Core 7.7.0-preview.2")]
    [InlineData("Desktop 5.1.26100.4652\r\n")]
    public void Accepts_an_engine_that_the_module_supports(string printed) => Assert.Null(EngineVersion.Problem(printed));

    [Theory]
    [InlineData("Core 7.5.4", "It is PowerShell 7.5.4; the module needs PowerShell 7.6 or later.")]
    [InlineData("Core 7.6.0-rc.1", "It is PowerShell 7.6.0-rc.1; the module needs PowerShell 7.6 or later.")]
    [InlineData("Core 6.2.7", "It is PowerShell 6.2.7; the module needs PowerShell 7.6 or later.")]
    [InlineData("Desktop 4.0", "It is Windows PowerShell 4.0; the module needs Windows PowerShell 5.1 or later.")]
    [InlineData("$($PSVersionTable.PSEdition)", "It is no PowerShell.")]
    [InlineData("", "It is no PowerShell.")]
    public void Refuses_another_and_gives_the_reason(string printed, string problem) => Assert.Equal(problem, EngineVersion.Problem(printed));

    [Fact]
    public void Hands_an_array_of_arguments_to_a_script_as_an_array()
    {
        var arguments = EngineProcess.EngineArguments(["./build.ps1", "-Task", "Build,Package", "-Name", "it's here"]);

        Assert.Equal(["-NoProfile", "-Command"], arguments.Take(2));
        Assert.Equal($"& '{Path.GetFullPath("./build.ps1")}' -Task Build,Package -Name 'it''s here'", arguments[2]);
    }

    [Fact]
    public void Editor_starts_the_engine_that_is_pinned()
    {
        var launch = File.ReadAllText(Path.Combine(PesterFiles.FindRoot(), ".vscode", "launch.json"));

        Assert.Contains($"/powershell/{Engine.PowerShellVersion}/tools/net10.0/any/unix/pwsh.dll", launch);
        Assert.Contains($"/powershell/{Engine.PowerShellVersion}/tools/net10.0/any/win/pwsh.dll", launch);
    }
}
