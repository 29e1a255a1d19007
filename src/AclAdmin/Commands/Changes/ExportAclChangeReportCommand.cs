using System;
using System.Collections.Generic;
using System.IO;
using AclAdmin.Client;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Changes.Report;

namespace AclAdmin.Commands;

/// <summary>Writes changes of a journal as a page of HTML.</summary>
[Cmdlet(VerbsData.Export, "AclChangeReport", SupportsShouldProcess = true, DefaultParameterSetName = JournalSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportAclChangeReportCommand : ChangeFilterCommand
{
    private const string JournalSet = "Journal";
    private const string ChangeSet = "Change";

    private readonly List<AclChange> _piped = [];

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The journal; without it, that of a connection, or the environment's.</summary>
    [Parameter(ParameterSetName = JournalSet)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>The changes, as Get-AclChange writes them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ChangeSet)]
    public AclChange[] InputObject { get; set; } = [];

    /// <summary>The page's title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string Title { get; set; } = "Change report";

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file as an object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Collects the changes.</summary>
    protected override void ProcessRecord() => _piped.AddRange(InputObject);

    /// <summary>Writes the page.</summary>
    protected override void EndProcessing()
    {
        // An empty pipeline makes an empty report, and not one of the default journal.
        var isPiped = ParameterSetName == ChangeSet || (MyInvocation.ExpectingInput && JournalPath is null);
        var changes = Filter(isPiped ? _piped : JournalContents.Read(this, JournalPath, Cancellation).Changes);
        var options = new ChangeReportOptions(Title, DateTime.UtcNow, $"AclAdmin {MyInvocation.MyCommand.Module?.Version}".TrimEnd());
        var report = new ChangeReport(changes, options);
        if (Save(report) is { } path && PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

    /// <summary>Writes the file, if that is confirmed.</summary>
    /// <returns>Its full path; null where no file was written.</returns>
    private string? Save(ChangeReport report)
    {
        try
        {
            var path = FileLocation.Resolve(this, Path, (reason, inner) => new AclException(
                ErrorKind.FileFailed, $"The report '{DisplayText.Of(Path)}' cannot be a file: {reason}.", "Specify the path of a file.", inner));
            if (!ShouldProcess(path, $"Write a report of {report.Count} changes"))
            {
                return null;
            }

            ReportFile.Write(report, path, Force);
            WriteVerbose($"The report {path} shows {report.Count} changes.");
            return path;
        }
        catch (AclException failure)
        {
            WriteFailure(failure, Path);
            return null;
        }
    }
}
