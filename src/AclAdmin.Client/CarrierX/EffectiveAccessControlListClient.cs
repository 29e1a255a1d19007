using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>The query for the lists in force; a null omits that parameter.</summary>
/// <param name="Direction"><c>any</c>, <c>inbound</c>, <c>outbound</c> or <c>undirected</c>.</param>
/// <param name="PartnerSid">A partner.</param>
/// <param name="TrunkGroupSid">A trunk group; calls only.</param>
/// <param name="TrunkSid">A trunk; calls only.</param>
public sealed record EffectiveListQuery(string? Direction = null, string? PartnerSid = null, string? TrunkGroupSid = null, string? TrunkSid = null);

/// <summary>Reads the access control lists that are in force.</summary>
public sealed class EffectiveAccessControlListClient(ApiConnection connection)
{
    private const int RulesAtOnce = 4;

    /// <summary>Reads the lists, layer by layer, in the order in which they are evaluated.</summary>
    /// <param name="messages">Whether to read the lists for messages rather than those for calls.</param>
    /// <param name="query">The query.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AclException">The service refuses, or its answer is not a list of layers.</exception>
    public async Task<IReadOnlyList<EffectiveAccessControlList>> ReadAsync(
        bool messages, EffectiveListQuery query, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var path = RequestPath.Of("accesscontrol", "effective_acl", messages ? "sms" : "calls")
            .Query("direction", query.Direction)
            .Query("partner_sid", query.PartnerSid)
            .Query("trunk_group_sid", query.TrunkGroupSid)
            .Query("trunk_sid", query.TrunkSid);
        var request = new ApiRequest(HttpMethod.Get, path) { Permission = AccessControlScopes.Read };
        var body = (await connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false)).Body.Tree;
        if (body["items"] is not JArray layers || !layers.All(IsLayer))
        {
            throw new AclException(ErrorKind.UnexpectedResponse, $"{request} on CarrierX was answered without the layers of lists that belong there.");
        }

        return layers.Cast<JObject>().OrderBy(layer => (int?)layer["layer"].AsNumber() ?? int.MaxValue).SelectMany(ReadLayer).ToArray();
    }

    /// <summary>Reads the rules of lists, each once.</summary>
    /// <returns>The same lists with their rules. A rule that the service does not show is left out.</returns>
    /// <exception cref="AclException">The service refuses for a reason other than an unknown rule.</exception>
    public async Task<IReadOnlyList<EffectiveAccessControlList>> ExpandAsync(
        IReadOnlyList<EffectiveAccessControlList> lists, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var rules = new Dictionary<string, AccessControlRule>(StringComparer.Ordinal);
        var client = new AccessControlRuleClient(connection);
        var waiting = new Queue<Task<AccessControlRule?>>();
        foreach (var sid in lists.SelectMany(list => list.RuleSids).Distinct(StringComparer.Ordinal))
        {
            if (waiting.Count == RulesAtOnce)
            {
                await TakeAsync().ConfigureAwait(false);
            }

            waiting.Enqueue(FindAsync(client, sid, observer, cancellationToken));
        }

        while (waiting.Count > 0)
        {
            await TakeAsync().ConfigureAwait(false);
        }

        return lists.Select(list => list.With(rules)).ToArray();

        async Task TakeAsync()
        {
            if (await waiting.Dequeue().ConfigureAwait(false) is { } rule)
            {
                rules[rule.RuleSid] = rule;
            }
        }
    }

    /// <summary>What is not understood must not look as if nothing were in force there.</summary>
    private static bool IsLayer(JToken layer) => layer is JObject && layer["layer"] is null or { Type: JTokenType.Integer }
        && layer["effective_acls"] is JArray lists && lists.All(list => list is JObject && list["access_control_rules"] is null or JArray);

    private static IEnumerable<EffectiveAccessControlList> ReadLayer(JObject layer) =>
        from list in ((JArray)layer["effective_acls"]!).Cast<JObject>()
        select new EffectiveAccessControlList((int?)layer["layer"].AsNumber() ?? 0, list);

    private static async Task<AccessControlRule?> FindAsync(
        AccessControlRuleClient client, string sid, IRequestObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(sid, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException hidden) when (hidden.IsMissingItem)
        {
            observer.OnNote($"The service does not show the rule {sid}.");
            return null;
        }
    }
}
