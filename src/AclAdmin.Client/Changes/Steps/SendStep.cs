using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>The end of the path: sends a request and checks its answer, in the same way for one write and for a batch of them.</summary>
/// <param name="observer">Receives what the request of a batch reports.</param>
/// <param name="end">Keeps a request that failed from being sent again, or abandons it.</param>
internal sealed class SendStep<T>(IRequestObserver observer, RequestCancellation end)
    where T : ApiResource
{
    /// <summary>Sends writes to one list as one request.</summary>
    public async Task<WriteResult<T>[]> SendAsync(IReadOnlyList<Write<T>> writes)
    {
        var client = writes[0].Client;
        try
        {
            var sent = writes.Select(write => write.ToItem()).ToArray();
            var answer = await client.WriteAsync(sent, writes.Count == 1 ? writes[0].Observer : observer, end).ConfigureAwait(false);
            var check = new AnswerCheck<T>(client.Resource, sent, answer, id => writes.All(write => write.Change.Existing?.MayBeNewId(id) != false));
            return [.. sent.Select((_, index) => new WriteResult<T>(check.ItemOf(index), IsApplied: true)
            {
                Doubt = answer.Misfit ?? (check.DoubtOf(index) is { } doubt ? client.Misfit(answer, doubt) : null),
                RequestId = answer.RequestId,
            })];
        }
        catch (AclException missing) when (writes.Count == 1 && writes[0].Action == ChangeAction.Delete && missing.IsMissingItem)
        {
            return [new(null, IsApplied: false) { WasMissing = true, RequestId = missing.RequestId }];
        }
    }
}
