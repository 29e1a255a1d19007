using System;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>
/// Turns whatever happens to a write into its outcome, and never throws. A directory's entries and read-only rules are refused with no documented status,
/// so a refusal that may be due to that is explained by the item itself.
/// </summary>
/// <param name="items">What the run knows of the service's items.</param>
/// <param name="end">Ends the reading.</param>
internal sealed class ExplainStep<T>(PresentItems<T> items, RequestCancellation end) : IStep<Write<T>, WriteResult<T>>
    where T : ApiResource
{
    public async Task<WriteResult<T>> RunAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        try
        {
            return await next(write).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new WriteResult<T> { IsNotSent = true };
        }
        catch (AclException refusal) when (MayBeReadOnly(write, refusal))
        {
            return new WriteResult<T> { Error = await ExplainAsync(write, refusal).ConfigureAwait(false) };
        }
        catch (AclException refusal)
        {
            return new WriteResult<T> { Error = refusal };
        }
        catch (Exception defect)
        {
            return new WriteResult<T> { Error = AclException.FromDefect(defect) };
        }
    }

    /// <summary>
    /// A refusal that has no reason of its own, in a list that has read-only items: not for the credential, the limit, or an id that does not exist.
    /// </summary>
    private static bool MayBeReadOnly(Write<T> write, AclException refusal) =>
        write.Id.Length > 0
        && write.Client.Resource.HasReadOnlyItems
        && refusal.StatusCode is >= 400 and < 500
        && refusal.Kind is ErrorKind.ValidationFailed or ErrorKind.PermissionDenied or ErrorKind.Conflict or ErrorKind.ApiError;

    private async Task<AclException> ExplainAsync(Write<T> write, AclException refusal)
    {
        try
        {
            var item = await items.FindAsync(write.Client, write.Id, write.Before, write.Observer, end).ConfigureAwait(false);
            return item.GetReadOnlyReason() is { } reason ? reason.After(refusal) : refusal;
        }
        catch (Exception)
        {
            // Whatever keeps the item from being read, a defect included: the refusal stands.
            return refusal;
        }
    }
}
