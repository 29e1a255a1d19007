using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>
/// Applies each write exactly once. Neither service knows idempotency keys, so a request whose outcome is not known, because its answer was lost or does not
/// fit, is looked up at the service before it is sent again or reported.
/// </summary>
/// <param name="runObserver">Receives what the requests of batches report.</param>
/// <param name="end">Abandons the search.</param>
internal sealed class OnceStep<T>(IRequestObserver runObserver, RequestCancellation end) : IStep<IReadOnlyList<Write<T>>, WriteResult<T>[]>
    where T : ApiResource
{
    public async Task<WriteResult<T>[]> RunAsync(IReadOnlyList<Write<T>> writes, Func<IReadOnlyList<Write<T>>, Task<WriteResult<T>[]>> next)
    {
        for (var attempt = 1; ; attempt++)
        {
            WriteResult<T>[]? answered = null;
            AclException lost;
            try
            {
                answered = await next(writes).ConfigureAwait(false);
                Claim(writes, answered);
                if (Array.FindIndex(answered, result => result.Doubt is not null) is not (>= 0 and var first))
                {
                    return answered;
                }

                lost = answered[first].Doubt!;
            }
            catch (AclException failure) when (IsInDoubt(writes, failure))
            {
                lost = failure;
            }

            var observer = writes.Count == 1 ? writes[0].Observer : runObserver;
            var lookup = new OutcomeLookup<T>(writes, answered, lost, observer, end.Aborting);
            if (!lookup.IsPossible)
            {
                throw lookup.Unknown(writes[0], null);
            }

            if (await lookup.FindAsync().ConfigureAwait(false) is { } results)
            {
                return results;
            }

            if (!lost.OutcomeIsUnknown || (writes.Count == 1 && writes[0].Action != ChangeAction.Create))
            {
                // It was refused, which the service has now shown to be true; or the connection has repeated it, as it may repeat an update or a removal.
                throw lost;
            }

            if (!await writes[0].Client.Connection.WaitBeforeRepeatAsync(attempt, observer, end).ConfigureAwait(false))
            {
                throw lookup.Unknown(writes[0], null);
            }
        }
    }

    /// <summary>
    /// Whether a failure leaves the outcome open. A refusal proves that nothing was applied where it has the service's own errors; one of the credential or
    /// for the rate also without, as the services answer those in many ways. What would be halved and sent again must not have arrived, so of a batch only a
    /// refusal of its content proves it.
    /// </summary>
    private static bool IsInDoubt(IReadOnlyList<Write<T>> writes, AclException failure) =>
        failure.OutcomeIsUnknown
        || failure.StatusCode is < 400
        || (failure.StatusCode is not (null or 401 or 403 or 429)
            && (failure.ApiErrors.Count == 0 || (writes.Count > 1 && failure.StatusCode is not (400 or 404 or 405 or 422))));

    /// <summary>Claims what creates have made, so that no other create takes it for its own.</summary>
    private static void Claim(IReadOnlyList<Write<T>> writes, WriteResult<T>[] results)
    {
        for (var index = 0; index < results.Length; index++)
        {
            if (writes[index].Action == ChangeAction.Create && results[index] is { Doubt: null, Item: { } created })
            {
                ExistingItems<T>.Claim(writes[index].Client.Connection, created.GetIdentity());
            }
        }
    }
}
