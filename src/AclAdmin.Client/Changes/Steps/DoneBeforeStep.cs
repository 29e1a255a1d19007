using System;
using System.Threading.Tasks;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>Keeps a write from being repeated that the journal shows as applied and that is in effect at the service.</summary>
/// <param name="earlier">The contents of the journal when the run began; null where it was empty.</param>
internal sealed class DoneBeforeStep<T>(EarlierChanges? earlier) : IStep<Write<T>, WriteResult<T>>
    where T : ApiResource
{
    public Task<WriteResult<T>> RunAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        if (earlier is null || !earlier.IsDone(write.Change, write.Action, write.Id, write.Body, write.Before, write.Siblings, out var present))
        {
            return next(write);
        }

        write.Observer.OnNote($"The journal shows that this change of {write.Client.Resource.Noun} {present?.GetIdentity()} is done already. It is not sent again.");
        return Task.FromResult(new WriteResult<T>(present, IsApplied: false));
    }
}
