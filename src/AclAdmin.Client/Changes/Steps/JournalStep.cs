using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>Records a write: its intent is on the disk before anything is sent, and its outcome afterwards.</summary>
/// <param name="run">The run in the journal.</param>
/// <param name="end">Keeps a write from being recorded and sent.</param>
internal sealed class JournalStep<T>(JournalRun run, RequestCancellation end) : IStep<Write<T>, WriteResult<T>>
    where T : ApiResource
{
    public async Task<WriteResult<T>> RunAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        var number = run.NextChange();
        using (var intent = BuildIntent(write, number))
        {
            await run.WriteIntentAsync(intent, end.Stopping).ConfigureAwait(false);
        }

        var requests = new RequestIdObserver(write.Observer);
        write.Observer = requests;
        try
        {
            var result = await next(write).ConfigureAwait(false);
            NoteOutcome(write, number, result.IsApplied ? AclChangeState.Applied : AclChangeState.Unchanged, result.RequestId ?? requests.RequestId, result.Item, null);
            return result;
        }
        catch (OperationCanceledException)
        {
            NoteOutcome(write, number, AclChangeState.NotSent, null, null, null);
            throw;
        }
        catch (Exception failure)
        {
            var error = failure as AclException;
            var state = error is null or { OutcomeIsUnknown: true } ? AclChangeState.Unknown : AclChangeState.Failed;
            NoteOutcome(write, number, state, error?.RequestId ?? requests.RequestId, null, failure);
            throw;
        }
        finally
        {
            write.Observer = requests.Inner;
        }
    }

    private JournalLine BuildIntent(Write<T> write, long number)
    {
        var name = write.Before?.GetDisplayName() ?? (string?)write.Body[write.Client.Resource.DisplayField];
        return new JournalLine(JournalSchema.IntentLine, run.Id, run.Now, number)
            .AddList(JournalSchema.Rows, write.Change.Rows.Where(row => row.Number > 0).Select(row => row.Number).ToArray())
            .Add(JournalSchema.Account, write.Client.AccountId)
            .Add(JournalSchema.Resource, write.Client.ListName)
            .Add(JournalSchema.Verb, JournalSchema.Word(write.Action))
            .Add(JournalSchema.Id, write.Id.Length == 0 ? null : write.Id)
            .Add(JournalSchema.Name, name)
            .AddJson(JournalSchema.Body, write.Action == ChangeAction.Delete ? null : write.Body.ToJson())
            .AddJson(JournalSchema.Before, write.Action == ChangeAction.Create ? null : write.Before?.ToJson())
            .AddList(JournalSchema.Siblings, write.Siblings.Select(item => item.GetIdentity()).ToArray())
            .AddList(JournalSchema.Undoes, write.Change.Undoes.Select(undone => $"{undone.RunId}#{undone.Number}").ToArray());
    }

    private void NoteOutcome(Write<T> write, long number, AclChangeState state, string? requestId, T? after, Exception? failure)
    {
        using var line = new JournalLine(JournalSchema.OutcomeLine, run.Id, run.Now, number)
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
        public IRequestObserver Inner => inner;

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
