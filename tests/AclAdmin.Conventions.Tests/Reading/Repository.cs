using System.IO;
using System.Linq;
using System.Reflection;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>Where the things are that the tests read; the project file tells.</summary>
internal static class Repository
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = ToldByProjectFile("RepositoryRoot");

    /// <summary>The folder with the module's assemblies, as built in this test run's own configuration.</summary>
    public static string ModuleOutput { get; } =
        Path.Combine(Root, "src", "AclAdmin", "bin", ToldByProjectFile("Configuration"), "netstandard2.0");

    /// <summary>The folder with the source of the cmdlets.</summary>
    public static string CommandSource { get; } = Path.Combine(Root, "src", "AclAdmin", "Commands");

    /// <summary>The folder with the help pages, one a cmdlet.</summary>
    public static string HelpSource { get; } = Path.Combine(Root, "docs", "en-US");

    /// <summary>The file that Get-Help reads, made of the pages.</summary>
    public static string HelpFile { get; } = Path.Combine(Root, "en-US", "AclAdmin.dll-Help.xml");

    /// <summary>The program that makes the file.</summary>
    public static string HelpMaker { get; } =
        Path.Combine(Root, "tests", "HelpMaker", "bin", ToldByProjectFile("Configuration"), "net10.0", "AclAdmin.HelpMaker.dll");

    /// <summary>The module's manifest.</summary>
    public static string Manifest { get; } = Path.Combine(Root, "AclAdmin.psd1");

    /// <summary>The file with the version that every project shares.</summary>
    public static string BuildProperties { get; } = Path.Combine(Root, "Directory.Build.props");

    /// <summary>The engine's reference assembly.</summary>
    public static string EngineAssembly { get; } =
        Path.Combine(ToldByProjectFile("PowerShellStandard"), "lib", "netstandard2.0", "System.Management.Automation.dll");

    private static string ToldByProjectFile(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
