using System.IO;
using System.Management.Automation;
using AclAdmin.Client;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;

namespace AclAdmin.Runs;

/// <summary>The journal of a run: opened when the pipeline begins, ended when it ends.</summary>
internal sealed class SessionJournal<T>
    where T : ApiResource
{
    private readonly JournalRun _run;
    private bool _hasEnded;

    private SessionJournal(string path, JournalRun run, RunJournal<T> journal)
    {
        Path = path;
        _run = run;
        Journal = journal;
    }

    /// <summary>The journal's full path.</summary>
    public string Path { get; }

    /// <summary>The journal as the runner uses it.</summary>
    public RunJournal<T> Journal { get; }

    /// <summary>Opens a journal, and reads what it holds already.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: it cannot be read.</exception>
    public static SessionJournal<T> Open(PSCmdlet cmdlet, string path, ApiConnection connection, int window)
    {
        var earlier = File.Exists(path) ? new EarlierChanges(JournalReader.Read(path).Changes, connection) : null;
        var info = new JournalRunInfo(
            ModuleVersion, cmdlet.MyInvocation.MyCommand.Name, JournalCommandLine.Of(cmdlet.MyInvocation), JournalCommandLine.ScriptOf(cmdlet.MyInvocation));
        var run = new JournalRun(new JournalFile(path), connection, info);
        return new SessionJournal<T>(path, run, new RunJournal<T>(run, window, earlier));
    }

    private static string ModuleVersion => typeof(SessionJournal<>).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Ends the run in the journal.</summary>
    /// <returns>Why outcomes are missing in it; null where none is.</returns>
    public AclException? End(string endedBy)
    {
        if (_hasEnded)
        {
            return null;
        }

        _hasEnded = true;
        return _run.End(endedBy);
    }
}
