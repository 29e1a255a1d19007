using System;
using System.Threading.Tasks;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>Decides what a create does where the item exists by now: an earlier row of the run may have created it.</summary>
internal sealed class ExistsStep<T> : IStep<Write<T>, WriteResult<T>>
    where T : ApiResource
{
    public Task<WriteResult<T>> RunAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next) =>
        write.Action == ChangeAction.Create ? CreateAsync(write, next) : next(write);

    private static async Task<WriteResult<T>> CreateAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        var change = write.Change;
        var decision = CreateDecision<T>.Decide(write.Client.Resource, change.Existing, change.Patch, change.IfExists);
        if (decision.Action is not { } action)
        {
            return new(decision.Present, IsApplied: false);
        }

        (write.Action, write.Body, write.Before) = (action, decision.Patch, decision.Present);
        write.Id = decision.Present?.GetIdentity() ?? "";
        write.Siblings = change.Existing?.Find(change.Patch) ?? [];
        var result = await next(write).ConfigureAwait(false);
        if (result is { IsApplied: true, Item: { } item })
        {
            change.Existing?.Add(item);
        }

        return result;
    }
}
