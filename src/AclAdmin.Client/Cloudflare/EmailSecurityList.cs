using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>A list of the Email Security settings that its field table describes: everything else about it is the same for all of them.</summary>
/// <typeparam name="T">What an item becomes.</typeparam>
/// <param name="segment">The last segment of the list's address.</param>
/// <param name="resource">The field table.</param>
/// <param name="create">Creates an item from the source of its fields and its account.</param>
public sealed class EmailSecurityList<T>(string segment, ResourceDescriptor resource, Func<Func<JObject>, string, T> create) : CloudflareSettingsDefinition<T>
    where T : EmailSecurityItem
{
    /// <summary>Whether the list has a PUT.</summary>
    public bool HasReplace { get; init; }

    /// <summary>The operations that its batch applies as a whole or not at all; none where Cloudflare promises no such batch.</summary>
    public BatchOperations AtomicBatch { get; init; }

    /// <summary>Whether the list has an order; without one its only query is its pages.</summary>
    public bool HasOrder { get; init; } = true;

    /// <inheritdoc/>
    public override ResourceDescriptor Resource => resource;

    /// <inheritdoc/>
    public override string Segment => segment;

    /// <inheritdoc/>
    public override BatchOperations Batch => AtomicBatch;

    /// <inheritdoc/>
    public override bool CanReplace => HasReplace;

    /// <inheritdoc/>
    public override bool CanSort => HasOrder;

    /// <inheritdoc/>
    public override T Create(Func<JObject> fields, string accountId) => create(fields, accountId);
}
