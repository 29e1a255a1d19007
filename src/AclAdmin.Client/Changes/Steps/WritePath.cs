using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>The way of a write to the service, as a list of steps. With and without a journal it is the same list, with two steps more or less.</summary>
internal sealed class WritePath<T>
    where T : ApiResource
{
    private readonly IRequestObserver _observer;
    private readonly GatherStep<T> _gather;
    private readonly Func<Write<T>, Task<WriteResult<T>>> _write;

    /// <summary>Lays out the path of one run.</summary>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="items">What the run knows of the service's items.</param>
    /// <param name="journal">Records each write; null where none is kept.</param>
    /// <param name="window">How many requests may be under way, where writes wait for their record before; null where all that come may be sent.</param>
    /// <param name="end">The end of the run.</param>
    public WritePath(IRequestObserver observer, PresentItems<T> items, RunJournal? journal, SemaphoreSlim? window, RequestCancellation end)
    {
        _observer = observer;

        // The path of a request, which carries one write or a batch of them. The answer is checked where it is read, in SendStep.
        var request = StepPath.Of<IReadOnlyList<Write<T>>, WriteResult<T>[]>(
            [
                new HalveStep<T>(observer),                 // A refused batch is halved until each refused write has an error of its own.
                new OnceStep<T>(observer, end),             // An unknown outcome is looked up before anything is repeated.
                new EndOfRunStep<T>(end),                   // Nothing is sent after the end of the run.
            ],
            new SendStep<T>(observer, end).SendAsync);
        _gather = new GatherStep<T>(request, window, end);

        // The path of a write, from the change to its request.
        _write = StepPath.Of<Write<T>, WriteResult<T>>(
            [
                new ExplainStep<T>(items, end),             // A refusal becomes the error that names its cause; nothing is thrown beyond it.
                new ExistsStep<T>(),                        // A create of what is there is an update, nothing at all, or an error.
                new ItemLockStep<T>(end),                   // One writer for an item on a connection, across runspaces.
                new PresentStep<T>(items, journal is not null, end), // The state before; edits are prepared from it.
                new MissingStep<T>(),                       // What it means that the service does not have the item.
                new ReadOnlyStep<T>(),                      // What a directory owns or is inherited is not written.
                .. journal is null ? [] : new IStep<Write<T>, WriteResult<T>>[]
                {
                    new DoneBeforeStep<T>(journal.Earlier), // What an earlier run in this journal has done is not done again.
                    new JournalStep<T>(journal.Run, end),   // The intent is on the disk before the rest, the outcome after it.
                },
            ],
            _gather.SendAsync);                             // Into a batch, or into the window alone.
    }

    /// <summary>Applies a change. Never throws.</summary>
    /// <param name="change">The change.</param>
    /// <param name="place">Its place in a batch; null where it goes alone.</param>
    public async Task<ChangeOutcome<T>> ApplyAsync(Change<T> change, BatchPlace<T>? place = null)
    {
        var write = new Write<T>(change, _observer) { Place = place };
        var result = await _write(write).ConfigureAwait(false);
        place?.Leave();
        return result.ToOutcome(write);
    }

    /// <summary>Begins a batch.</summary>
    /// <param name="members">How many changes it has.</param>
    public Batch<T> BeginBatch(int members) => new(members, _gather.InWindowAsync);
}
