using System;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>
/// Finds the item as it is before the write, where something needs it, and prepares an edit from it. As another program may write between the reading and
/// the writing, an edit whose answer shows other values than were sent is prepared again.
/// </summary>
/// <param name="items">What the run knows of the service's items.</param>
/// <param name="isRecorded">Whether the state before is recorded, so that every write needs it.</param>
/// <param name="end">Ends the reading, and keeps an edit from being prepared again.</param>
internal sealed class PresentStep<T>(PresentItems<T> items, bool isRecorded, RequestCancellation end) : IStep<Write<T>, WriteResult<T>>
    where T : ApiResource
{
    /// <summary>How often an edit is prepared when another client keeps changing the same item.</summary>
    private const int MaxPreparations = 4;

    public Task<WriteResult<T>> RunAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next) =>
        write.Action == ChangeAction.Create ? next(write)
        : write is { Action: ChangeAction.Update, Change.Prepare: not null } ? EditAsync(write, next)
        : isRecorded ? ReadFirstAsync(write, next)
        : next(write);

    private async Task<WriteResult<T>> ReadFirstAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        try
        {
            write.Before = await items.FindAsync(write.Client, write.Id, write.Before, write.Observer, end).ConfigureAwait(false);
        }
        catch (AclException missing) when (missing.IsMissingItem)
        {
            write.Missing = missing;
        }

        return await NoteAsync(write, next).ConfigureAwait(false);
    }

    private async Task<WriteResult<T>> EditAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        var change = write.Change;
        var state = change.UsesKnownState
            ? await items.FindAsync(write.Client, write.Id, null, write.Observer, end).ConfigureAwait(false)
            : await write.Client.GetAsync(write.Id, write.Observer, end).ConfigureAwait(false);
        write.Warning = change.WarnOf?.Invoke(state);
        for (var preparation = 1; ; preparation++)
        {
            write.Body = change.Prepare!(state);
            write.Before = state;
            if (write.Body.IsEmpty)
            {
                return new(state, IsApplied: preparation > 1);
            }

            try
            {
                return await NoteAsync(write, next).ConfigureAwait(false);
            }
            catch (AclException) when (write.Seen is not null && preparation < MaxPreparations && !end.Stopping.IsCancellationRequested)
            {
                write.Observer.OnNote($"The {write.Client.Resource.Noun} {write.Id} shows other values than were sent. Preparing the edit again.");
                (state, write.Seen) = (write.Seen!, null);
            }
            catch (AclException overtaken) when (write.Seen is not null)
            {
                throw overtaken.CopyAs(
                    ErrorKind.Conflict,
                    $"The {write.Client.Resource.Noun} {write.Id} shows other values than were sent, {preparation} times in a row: something else keeps changing it.",
                    "Find out what else edits it, and run the row again.",
                    outcomeIsUnknown: true);
            }
        }
    }

    /// <summary>Passes the write on, and keeps the item as the write leaves it for the next change to it.</summary>
    private async Task<WriteResult<T>> NoteAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        try
        {
            var result = await next(write).ConfigureAwait(false);
            items.Note(write.Client, write.Id, result.Item);
            return result;
        }
        catch (AclException unknown) when (unknown.OutcomeIsUnknown)
        {
            items.Note(write.Client, write.Id, null);
            throw;
        }
    }
}
