using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Tests;

/// <summary>Single writes, as tests of requests send them: without the steps of a run.</summary>
internal static class ClientCalls
{
    public static Task<T?> PatchAsync<T>(this IResourceClient<T> client, string id, FieldPatch patch, IRequestObserver observer, RequestCancellation cancellation)
        where T : ApiResource => client.SendAsync(new BatchItem(BatchOperations.Update, id, patch), observer, cancellation);

    public static Task<T?> ReplaceAsync<T>(this IResourceClient<T> client, string id, FieldPatch whole, IRequestObserver observer, RequestCancellation cancellation)
        where T : ApiResource => client.SendAsync(new BatchItem(BatchOperations.Replace, id, whole), observer, cancellation);

    public static Task<T?> CreateAsync<T>(this IResourceClient<T> client, FieldPatch body, IRequestObserver observer, RequestCancellation cancellation)
        where T : ApiResource => client.SendAsync(new BatchItem(BatchOperations.Create, "", body), observer, cancellation);

    /// <summary>Removes an item.</summary>
    /// <returns>False where it did not exist.</returns>
    public static async Task<bool> DeleteAsync<T>(this IResourceClient<T> client, string id, IRequestObserver observer, RequestCancellation cancellation)
        where T : ApiResource
    {
        try
        {
            await client.SendAsync(new BatchItem(BatchOperations.Delete, id, new FieldPatch()), observer, cancellation);
            return true;
        }
        catch (AclException missing) when (missing.IsMissingItem)
        {
            return false;
        }
    }

    private static async Task<T?> SendAsync<T>(this IResourceClient<T> client, BatchItem write, IRequestObserver observer, RequestCancellation cancellation)
        where T : ApiResource
    {
        var answer = await client.WriteAsync([write], observer, cancellation);
        return answer.Created.Concat(answer.Updated).FirstOrDefault();
    }
}
