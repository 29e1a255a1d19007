using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>The access control rules that a CarrierX token sees: its partner's own and those of the parent.</summary>
public sealed class AccessControlRuleClient(ApiConnection connection) : IResourceClient<AccessControlRule>
{
    /// <summary>The scopes that reading needs, any one.</summary>
    public const string ReadScope = "accesscontrol.read or accesscontrol.manage";

    /// <summary>The scopes that changing needs, any one.</summary>
    public const string UpdateScope = "accesscontrol.update or accesscontrol.manage";

    /// <summary>The scopes that creating needs, any one.</summary>
    public const string CreateScope = "accesscontrol.create or accesscontrol.manage";

    /// <summary>The scopes that removing needs, any one.</summary>
    public const string DeleteScope = "accesscontrol.delete or accesscontrol.manage";

    private const string IdName = "Rule sid";

    private static readonly RequestPath Path = RequestPath.Of("accesscontrol", "rules");

    /// <inheritdoc/>
    public ResourceDescriptor Resource => AccessControlRule.Descriptor;

    /// <inheritdoc/>
    public ApiConnection Connection => connection;

    /// <inheritdoc/>
    public CreatedThings Created => connection.Created;

    /// <summary>What a list can be asked for; a null leaves that out.</summary>
    /// <param name="nameLike">A pattern for the name, with <c>%</c> for anything. It must not hold quotes: how CarrierX escapes them is not documented.</param>
    /// <param name="field">One of the fields.</param>
    /// <param name="operation">One of the operations.</param>
    /// <param name="quantifier">One of the quantifiers.</param>
    public static ListQuery Query(string? nameLike = null, string? field = null, string? operation = null, string? quantifier = null)
    {
        var conditions = new List<string>();
        AddCondition(conditions, "field", "eq", field);
        AddCondition(conditions, "operation", "eq", operation);
        AddCondition(conditions, "quantifier", "eq", quantifier);
        AddCondition(conditions, "name", "like", nameLike);
        return new ListQuery().Filter("filter", conditions.Count == 0 ? null : string.Join(" and ", conditions));
    }

    /// <inheritdoc/>
    public async Task<AccessControlRule> GetAsync(string id, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, Path.WithId(id, IdName)) { Permission = ReadScope };
        return new AccessControlRule((await connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false)).Body.Tree);
    }

    /// <inheritdoc/>
    /// <remarks>Goes on by offset rather than by the address that the answer names, so that the token cannot be sent elsewhere.</remarks>
    public async Task<Page<AccessControlRule>> ReadPageAsync(
        ListQuery query, PageCursor cursor, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var path = query.AppendTo(Path.Query("limit", cursor.Size).Query("offset", cursor.Offset));
        var request = new ApiRequest(HttpMethod.Get, path) { Permission = ReadScope };
        var body = (await connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false)).Body.Tree;
        if (body["items"] is not JArray items)
        {
            throw new AclException(ErrorKind.UnexpectedResponse, $"{request} on CarrierX was answered without the list of items that belongs there.");
        }

        var total = body["total"] is JValue { Value: long count } ? count : (long?)null;
        var hasMore = body["has_more"] is JValue { Value: bool more } ? more : (bool?)null;
        var size = body["limit"] is JValue { Value: long limit } ? (int)limit : (int?)null;
        return new Page<AccessControlRule>(items.OfType<JObject>().Select(item => new AccessControlRule(item)).ToArray(), total, size, hasMore);
    }

    /// <inheritdoc/>
    public Task<AccessControlRule?> PatchAsync(string id, FieldPatch patch, IRequestObserver observer, CancellationToken cancellationToken) =>
        WriteAsync(ApiRequest.Patch, id, patch, observer, cancellationToken);

    /// <inheritdoc/>
    public Task<AccessControlRule?> ReplaceAsync(string id, FieldPatch whole, IRequestObserver observer, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Put, id, whole, observer, cancellationToken);

    /// <inheritdoc/>
    public async Task<AccessControlRule?> CreateAsync(FieldPatch body, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, Path) { Body = body.ToUtf8(), Permission = CreateScope };
        return Read(await connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Rules have no date, so one that was there before with the same five fields is a candidate as well. It matches what the new one would have matched.
    /// </remarks>
    public async Task<IReadOnlyList<AccessControlRule>> FindCreatedAsync(
        FieldPatch body, DateTime since, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var query = Query(null, (string?)body["field"], (string?)body["operation"], (string?)body["quantifier"]);
        var reader = new PageReader<AccessControlRule>(this, query);
        var candidates = new List<AccessControlRule>();
        while (await reader.NextAsync(observer, cancellationToken).ConfigureAwait(false) is { } page)
        {
            candidates.AddRange(page.Items.Where(rule => rule.ReadOnly != true));
        }

        return candidates;
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string id, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Delete, Path.WithId(id, IdName)) { Permission = DeleteScope, Expected = ExpectedAnswer.Nothing };
        return await connection.DeleteAsync(request, observer, cancellationToken).ConfigureAwait(false);
    }

    private static AccessControlRule? Read(ApiAnswer answer) => answer.Body.IsEmpty ? null : new AccessControlRule(() => answer.Body.Tree);

    private static void AddCondition(List<string> conditions, string attribute, string comparison, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (value.Contains('"'))
        {
            throw new ArgumentException("How CarrierX escapes a quote in a filter is not documented.", nameof(value));
        }

        conditions.Add($"{attribute} {comparison} \"{value}\"");
    }

    private async Task<AccessControlRule?> WriteAsync(
        HttpMethod method, string id, FieldPatch body, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(method, Path.WithId(id, IdName)) { Body = body.ToUtf8(), Permission = UpdateScope };
        return Read(await connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false));
    }
}
