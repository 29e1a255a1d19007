using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>The journal as a runner uses it: the intent of a write is on the disk before the write is sent, and its outcome afterwards.</summary>
/// <param name="run">The run.</param>
/// <param name="earlier">The changes in the journal when the run began; null where it held none.</param>
public sealed class RunJournal<T>(JournalRun run, EarlierChanges? earlier = null) : IChangeJournal<T>
    where T : ApiResource
{
    private readonly ItemStates<T> _states = new();

    /// <inheritdoc/>
    public Task<T> FindStateAsync(IResourceClient<T> client, string id, IRequestObserver observer, CancellationToken cancellationToken) =>
        _states.FindAsync(client, id, null, observer, cancellationToken);

    /// <inheritdoc/>
    public async Task<WriteResult<T>> WriteAsync(
        ChangeWrite<T> write,
        Func<IRequestObserver, Task<WriteResult<T>>> send,
        IRequestObserver observer,
        CancellationToken stopping,
        CancellationToken cancellationToken)
    {
        var client = write.Change.Client!;
        T? before;
        try
        {
            before = write.Action == ChangeAction.Create
                ? null
                : write.Change.Prepare is null
                    ? await _states.FindAsync(client, write.Id, write.Before, observer, cancellationToken).ConfigureAwait(false)
                    : write.Before;
        }
        catch (AclException gone) when (gone.Kind == ErrorKind.NotFound && write.Action == ChangeAction.Delete)
        {
            return new(null, IsApplied: false);
        }

        if (before?.GetReadOnlyReason() is { } reason)
        {
            throw reason;
        }

        if (earlier is not null && earlier.IsDone(write, before, out var present))
        {
            observer.OnNote($"The journal shows that this change of {client.Resource.Noun} {present?.GetIdentity()} is done already. It is not sent again.");
            return new(present, IsApplied: false);
        }

        var number = run.NextChange();
        using (var intent = BuildIntent(write, before, number))
        {
            await run.WriteIntentAsync(intent, stopping).ConfigureAwait(false);
        }

        return await SendAsync(write, number, send, new RequestIdObserver(observer), stopping).ConfigureAwait(false);
    }

    private async Task<WriteResult<T>> SendAsync(
        ChangeWrite<T> write, long number, Func<IRequestObserver, Task<WriteResult<T>>> send, RequestIdObserver observer, CancellationToken stopping)
    {
        var isSent = false;
        WriteResult<T> result;
        try
        {
            stopping.ThrowIfCancellationRequested();
            isSent = true;
            result = await send(observer).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            NoteOutcome(write, number, AclChangeState.NotSent, null, null, null);
            throw;
        }
        catch (Exception failure)
        {
            var error = failure as AclException;
            var isUnknown = isSent && error is null or { OutcomeIsUnknown: true } or { Kind: ErrorKind.OutcomeUnknown };
            if (isUnknown && write.Id.Length > 0)
            {
                _states.Note(write.Change.Client!, write.Id, null);
            }

            NoteOutcome(write, number, isUnknown ? AclChangeState.Unknown : AclChangeState.Failed, error?.RequestId ?? observer.RequestId, null, failure);
            throw;
        }

        NoteState(write, result);
        NoteOutcome(write, number, result.IsApplied ? AclChangeState.Applied : AclChangeState.Unchanged, result.RequestId ?? observer.RequestId, result.Item, null);
        return result;
    }

    /// <summary>Keeps the item as it is now for the next change to it.</summary>
    private void NoteState(ChangeWrite<T> write, WriteResult<T> result)
    {
        var id = result.Item?.GetIdentity() ?? write.Id;
        if (id.Length > 0)
        {
            _states.Note(write.Change.Client!, id, result.Item);
        }
    }

    private JournalLine BuildIntent(ChangeWrite<T> write, T? before, long number)
    {
        var client = write.Change.Client!;
        var name = before?.GetDisplayName() ?? (string?)write.Body[client.Resource.DisplayField];
        var line = new JournalLine(JournalSchema.IntentLine, run.Id, number)
            .AddList(JournalSchema.Rows, write.Change.Rows.Where(row => row.Number > 0).Select(row => row.Number).ToArray())
            .Add(JournalSchema.Account, client.AccountId)
            .Add(JournalSchema.Resource, client.ListName)
            .Add(JournalSchema.Verb, JournalSchema.Word(write.Action))
            .Add(JournalSchema.Id, write.Id.Length == 0 ? null : write.Id)
            .Add(JournalSchema.Name, name)
            .AddJson(JournalSchema.Body, write.Action == ChangeAction.Delete ? null : write.Body.ToJson())
            .AddJson(JournalSchema.Before, before?.ToJson())
            .AddList(JournalSchema.Siblings, write.Siblings.Select(item => item.GetIdentity()).ToArray());
        return line.AddList(JournalSchema.Undoes, write.Change.Undoes.Select(undone => $"{undone.RunId}#{undone.Number}").ToArray());
    }

    private void NoteOutcome(ChangeWrite<T> write, long number, AclChangeState state, string? requestId, T? after, Exception? failure)
    {
        using var line = new JournalLine(JournalSchema.OutcomeLine, run.Id, number)
            .Add(JournalSchema.State, JournalSchema.Word(state))
            .Add(JournalSchema.RequestId, requestId)
            .Add(JournalSchema.Id, write.Action == ChangeAction.Create ? after?.GetIdentity() : null)
            .AddJson(JournalSchema.After, after?.ToJson())
            .Add(JournalSchema.ErrorId, failure is null ? null : ((failure as AclException)?.Kind ?? ErrorKind.InternalError).ToString())
            .Add(JournalSchema.Error, failure?.Message);
        run.Note(line);
    }

    /// <summary>Keeps the id of the last request.</summary>
    private sealed class RequestIdObserver(IRequestObserver inner) : IRequestObserver
    {
        public string? RequestId { get; private set; }

        public bool WantsExchanges => inner.WantsExchanges;

        public void OnAttempt(AttemptReport report)
        {
            RequestId = report.RequestId ?? RequestId;
            inner.OnAttempt(report);
        }

        public void OnExchange(string text) => inner.OnExchange(text);

        public void OnNote(string text) => inner.OnNote(text);

        public void OnWait(string reason, TimeSpan duration, bool refused) => inner.OnWait(reason, duration, refused);

        public void OnOutage(string text) => inner.OnOutage(text);

        public void OnRead(ListReading reading) => inner.OnRead(reading);
    }
}
