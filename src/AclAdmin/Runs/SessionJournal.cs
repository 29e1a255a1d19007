using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Runs;

/// <summary>The journal of a run: opened when the pipeline begins, ended when it ends.</summary>
internal sealed class SessionJournal<T>
    where T : ApiResource
{
    private readonly JournalRun _run;
    private readonly bool _isShared;
    private bool _hasEnded;

    private SessionJournal(string path, JournalRun run, RunJournal journal, bool isShared)
    {
        _isShared = isShared;
        Path = path;
        _run = run;
        Journal = journal;
    }

    /// <summary>The journal's full path.</summary>
    public string Path { get; }

    /// <summary>The journal as the runner uses it.</summary>
    public RunJournal Journal { get; }

    /// <summary>Opens a journal, and reads what it holds already.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The journal's full path.</param>
    /// <param name="connection">The connection of the run.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="shared">The run of a cmdlet that has read the journal, works on several lists, and ends the run itself; null for a run of its own.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: it cannot be read.</exception>
    public static SessionJournal<T> Open(
        PSCmdlet cmdlet, string path, ApiConnection connection, CancellationToken cancellationToken, JournalRun? shared = null)
    {
        var earlier = shared is null && (File.Exists(path) || Directory.Exists(path)) ? EarlierChanges.Read(path, connection, cancellationToken) : null;
        var run = shared ?? SessionJournal.Begin(cmdlet, path, connection);
        return new SessionJournal<T>(path, run, new RunJournal(run, earlier), shared is not null);
    }

    /// <summary>Finds out what became of earlier changes to a list whose outcome is not known.</summary>
    /// <exception cref="AclException">The service could not be asked.</exception>
    public async Task<bool> SettleAsync(IResourceClient<T> client, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (Journal.Earlier is { } earlier)
        {
            await earlier.SettleAsync(client, observer, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Ends the run in the journal.</summary>
    /// <returns>Why outcomes are missing in it; null where none is.</returns>
    public AclException? End(string endedBy)
    {
        if (_hasEnded)
        {
            return null;
        }

        _hasEnded = true;
        return _isShared ? null : _run.End(endedBy);
    }
}

/// <summary>Begins runs that write to a journal.</summary>
internal static class SessionJournal
{
    private static string ModuleVersion => typeof(SessionJournal).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Begins a run. Nothing is written before its first change.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The journal's full path.</param>
    /// <param name="connection">The connection of the run.</param>
    public static JournalRun Begin(PSCmdlet cmdlet, string path, ApiConnection connection) => new(new JournalFile(path), connection, new JournalRunInfo(
        ModuleVersion, cmdlet.MyInvocation.MyCommand.Name, JournalCommandLine.Of(cmdlet.MyInvocation), JournalCommandLine.ScriptOf(cmdlet.MyInvocation)));
}
