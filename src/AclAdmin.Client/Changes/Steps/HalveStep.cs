using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>A service refuses a batch as a whole: it is then halved until each refused write is sent alone and has an error of its own.</summary>
/// <param name="observer">Receives what is noted of it.</param>
internal sealed class HalveStep<T>(IRequestObserver observer) : IStep<IReadOnlyList<Write<T>>, WriteResult<T>[]>
    where T : ApiResource
{
    /// <summary>A refused batch of this size is sent write by write: further halves would cost more requests than they save where many are refused.</summary>
    private const int SmallestHalf = 4;

    public async Task<WriteResult<T>[]> RunAsync(IReadOnlyList<Write<T>> writes, Func<IReadOnlyList<Write<T>>, Task<WriteResult<T>[]>> next)
    {
        if (writes.Count == 1)
        {
            return await next(writes).ConfigureAwait(false);
        }

        var batch = new HalvedBatch(writes, next, observer);
        await batch.SendAsync(0, writes.Count, isHalf: false, isRefused: false).ConfigureAwait(false);
        return batch.Results;
    }

    /// <summary>A batch and its results so far.</summary>
    private sealed class HalvedBatch(
        IReadOnlyList<Write<T>> writes, Func<IReadOnlyList<Write<T>>, Task<WriteResult<T>[]>> next, IRequestObserver observer)
    {
        private bool _hasEnded;

        public WriteResult<T>[] Results { get; } = [.. writes.Select(_ => new WriteResult<T> { IsNotSent = true })];

        /// <summary>Sends a range of the writes, as one where the service accepts that.</summary>
        /// <param name="start">The first.</param>
        /// <param name="count">How many.</param>
        /// <param name="isHalf">Whether they are part of a batch that was refused.</param>
        /// <param name="isRefused">Whether they would be refused together, as the rest of the batch was accepted without them.</param>
        /// <returns>Whether the service applied all of them.</returns>
        public async Task<bool> SendAsync(int start, int count, bool isHalf, bool isRefused)
        {
            if (isHalf && count <= SmallestHalf)
            {
                var areGood = true;
                for (var index = start; index < start + count; index++)
                {
                    areGood &= await TrySendAsync(index, 1).ConfigureAwait(false) is null;
                }

                return areGood;
            }

            if (!isRefused)
            {
                if (await TrySendAsync(start, count).ConfigureAwait(false) is not { } refusal)
                {
                    return true;
                }

                if (!MayBeAboutSome(refusal))
                {
                    return false;
                }

                observer.OnNote($"The service refused a batch of {count} changes as a whole. Halving it to find the changes that it refuses.");
            }

            var middle = count / 2;
            var isFirstGood = await SendAsync(start, middle, isHalf: true, isRefused: false).ConfigureAwait(false);
            return await SendAsync(start + middle, count - middle, isHalf: true, isRefused: isFirstGood).ConfigureAwait(false) && isFirstGood;
        }

        /// <summary>Whether a refusal may be due to some of the writes: not to the credential, the limit or an outage, which affect halves as well.</summary>
        private static bool MayBeAboutSome(AclException refusal) =>
            !refusal.OutcomeIsUnknown
            && (refusal.Kind is ErrorKind.ValidationFailed or ErrorKind.NotFound or ErrorKind.Conflict
                || refusal is { Kind: ErrorKind.ApiError or ErrorKind.UnexpectedResponse, StatusCode: < 500 });

        /// <summary>Sends a range as one request, unless an error has ended the run.</summary>
        /// <returns>The refusal; null where there is none.</returns>
        private async Task<AclException?> TrySendAsync(int start, int count)
        {
            if (_hasEnded)
            {
                return null;
            }

            AclException refusal;
            try
            {
                (await next([.. writes.Skip(start).Take(count)]).ConfigureAwait(false)).CopyTo(Results, start);
                return null;
            }
            catch (OperationCanceledException)
            {
                _hasEnded = true;
                return null;
            }
            catch (Exception failure)
            {
                refusal = failure as AclException ?? AclException.FromDefect(failure);
            }

            // Each has an error of its own, as an error variable distinguishes records by it.
            for (var index = 0; index < count; index++)
            {
                Results[start + index] = new WriteResult<T> { Error = index == 0 ? refusal : refusal.ForAnother() };
            }

            _hasEnded |= refusal.EndsRun;
            return refusal;
        }
    }
}
