using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Threading;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Resources;

namespace AclAdmin.Streams;

/// <summary>
/// Loads the types and the views when the module is imported. The engine treats ps1xml files as scripts: named in the manifest, they keep the whole module
/// from being imported where the execution policy permits no scripts. The types, whose times exports depend on, need no file.
/// </summary>
public sealed class ModuleViews : IModuleAssemblyInitializer
{
    private const string Load = """
        param($types, $views)
        Microsoft.PowerShell.Utility\Update-TypeData -TypeData $types -Force
        try {
            Microsoft.PowerShell.Utility\Update-FormatData -AppendPath $views -ErrorAction Stop
        }
        catch {
            $cause = "The views of AclAdmin are not loaded, so results are shown plainly: $($_.Exception.Message -replace '\s+', ' ')"
            if ($VerbosePreference -eq 'Continue') { Microsoft.PowerShell.Utility\Write-Verbose $cause } else { $cause }
        }
        """;

    private static string? _notice;

    private static readonly string[] Views = ["AclAdmin.Format.ps1xml", "EmailSecurity.Format.ps1xml"];

    private static readonly Type[] Shown =
    [
        typeof(AclChange), typeof(AclChangeRun), typeof(AclConnection), typeof(AclConnectionTest), typeof(AclPlan), typeof(AclPlanChange), typeof(AclRun),
        typeof(AclRunRow), typeof(ApiResource), typeof(CommandRequirement), typeof(EffectiveAccessControlList), typeof(EmailDomainVerification),
    ];

    /// <summary>Called by the engine in each runspace that imports the module.</summary>
    public void OnImport()
    {
        var folder = Path.GetDirectoryName(typeof(ModuleViews).Assembly.Location)!;
        var views = Views.Select(name => Path.Combine(folder, name)).ToArray();
        var types = Shown.Append(typeof(EmailSecurityItem)).Append(typeof(EmailContentPolicy)).Select(Describe).ToArray();
        _notice = ScriptBlock.Create(Load).Invoke(types, views).FirstOrDefault()?.ToString() ?? _notice;
    }

    /// <summary>Why the views are not loaded, once, for the first cmdlet that writes verbose messages: Import-Module -Verbose does not reach this class.</summary>
    public static string? TakeNotice() => Interlocked.Exchange(ref _notice, null);

    private static TypeData Describe(Type type)
    {
        var data = new TypeData(type);
        if (Shown.Contains(type))
        {
            data.Members.Add("Shown", new CodePropertyData("Shown", typeof(ShownProperties).GetMethod(nameof(ShownProperties.Of))) { IsHidden = true });
        }

        foreach (var time in type.GetProperties().Where(property => property.PropertyType == typeof(DateTime) || property.PropertyType == typeof(DateTime?)))
        {
            data.Members.Add(time.Name, new CodePropertyData(time.Name, typeof(ExportedTimes).GetMethod(time.Name)));
        }

        return data;
    }
}
