using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Resources;

/// <summary>The operations that a list can apply in one request, as a whole or not at all.</summary>
[Flags]
public enum BatchOperations
{
    /// <summary>None: each write is a request of its own.</summary>
    None = 0,

    /// <summary>Removals.</summary>
    Delete = 1,

    /// <summary>Updates of the fields that are specified.</summary>
    Update = 2,

    /// <summary>Creates.</summary>
    Create = 4,

    /// <summary>Replacements of whole items.</summary>
    Replace = 8,

    /// <summary>All that a batch can contain.</summary>
    All = Delete | Update | Create,
}

/// <summary>One write of a batch.</summary>
/// <param name="Operation">The operation: one of <see cref="BatchOperations"/>.</param>
/// <param name="Id">The item's id; empty for a create.</param>
/// <param name="Body">The fields; not used for a removal.</param>
public readonly record struct BatchItem(BatchOperations Operation, string Id, FieldPatch Body);

/// <summary>What the answer to a write or a batch shows.</summary>
/// <param name="Created">The new items, in the order of the answer.</param>
/// <param name="Updated">The items that were updated or replaced.</param>
/// <param name="Deleted">The ids of the removed items; null where the service shows none.</param>
public sealed record WriteAnswer<T>(IReadOnlyList<T> Created, IReadOnlyList<T> Updated, IReadOnlyList<string>? Deleted)
    where T : ApiResource
{
    /// <summary>Why the answer is not one to the request; null where it may be.</summary>
    public AclException? Misfit { get; init; }

    /// <summary>The status.</summary>
    public int StatusCode { get; init; }

    /// <summary>The service's id of the request; null where it has none.</summary>
    public string? RequestId { get; init; }
}

/// <summary>Several writes to one list as one request. The service applies removals first, then updates, then creates.</summary>
/// <param name="items">The writes. No item of the list is in two of them.</param>
public sealed class ResourceBatch(IReadOnlyList<BatchItem> items)
{
    /// <summary>The most writes of each kind in a request, as Cloudflare documents it.</summary>
    public const int MaxItems = 1000;

    /// <summary>
    /// The most bytes of an answer: a thousand items in which every text is as long as it may be and every character is escaped (about 40 KB each).
    /// </summary>
    private const int MaxAnswerBytes = 4 * ApiRequest.MaxPageBytes;

    /// <summary>The writes.</summary>
    public IReadOnlyList<BatchItem> Items { get; } = items;

    /// <summary>
    /// Whether the request has the same effect however often it arrives. A second removal is refused, and a second create makes a second item.
    /// </summary>
    public bool IsRepeatable => Items.All(item => item.Operation == BatchOperations.Update);

    /// <summary>The request.</summary>
    /// <param name="path">The address of batches.</param>
    /// <param name="supported">The operations that the list supports in a batch: its request contains their arrays, even empty ones.</param>
    /// <param name="permission">The permission that it needs.</param>
    /// <param name="idName">The service's name for the id, for messages.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: an id cannot be one.</exception>
    public ApiRequest ToRequest(RequestPath path, BatchOperations supported, string permission, string idName) => new(HttpMethod.Post, path)
    {
        Body = ToUtf8(supported, idName),
        Permission = permission,
        IsRepeatable = IsRepeatable,
        MaxAnswerBytes = MaxAnswerBytes,
    };

    private byte[] ToUtf8(BatchOperations supported, string idName)
    {
        var body = new StringBuilder("{", 128 * Items.Count);
        Append(body, "deletes", BatchOperations.Delete, idName);
        if (supported == BatchOperations.All)
        {
            Append(body.Append(','), "patches", BatchOperations.Update, idName);
            body.Append(",\"puts\":[]");
            Append(body.Append(','), "posts", BatchOperations.Create, idName);
        }

        return new UTF8Encoding(false).GetBytes(body.Append('}').ToString());
    }

    private void Append(StringBuilder body, string name, BatchOperations operation, string idName)
    {
        body.Append('"').Append(name).Append("\":[");
        var isFirst = true;
        foreach (var item in Items.Where(item => item.Operation == operation))
        {
            body.Append(isFirst ? "" : ",");
            isFirst = false;
            AppendItem(body, item, idName);
        }

        body.Append(']');
    }

    private static void AppendItem(StringBuilder body, BatchItem item, string idName)
    {
        var fields = item.Operation == BatchOperations.Delete ? "{}" : item.Body.ToJson();
        if (item.Operation == BatchOperations.Create)
        {
            body.Append(fields);
            return;
        }

        // A valid id needs no escapes.
        body.Append("{\"id\":\"").Append(RequestPath.CheckId(item.Id, idName)).Append('"');
        body.Append(fields.Length > 2 ? "," : "").Append(fields, 1, fields.Length - 1);
    }
}
