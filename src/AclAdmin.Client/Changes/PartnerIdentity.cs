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

namespace AclAdmin.Client.Changes;

/// <summary>
/// Finds the partner that a credential acts for. A token that was obtained with a password names it; of any other the service shows the partner and those below
/// it, each with the sid of its parent (documentation of the Partner object).
/// </summary>
internal static class PartnerIdentity
{
    /// <summary>The most that the service lists at once. A partner with more of them below it is not identified.</summary>
    private const int MaxPartners = 1000;

    /// <summary>Reads the partners that the credential sees.</summary>
    /// <returns>The one at the top; null where there is no single one.</returns>
    /// <exception cref="AclException">They could not be read.</exception>
    public static async Task<string?> FindAsync(ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, RequestPath.Of(connection.Service.PartnersPath!).Query("limit", MaxPartners))
        {
            Permission = "partners.read",
            MaxAnswerBytes = ApiRequest.MaxPageBytes,
        };
        var list = (await connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false)).Body.Tree;
        var parents = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var partner in (list["items"] as JArray)?.OfType<JObject>() ?? [])
        {
            if (partner["partner_sid"].AsText() is { Length: > 0 } sid)
            {
                parents[sid] = partner["parent_sid"].AsText();
            }
        }

        var tops = parents.Where(partner => partner.Value is null || !parents.ContainsKey(partner.Value)).ToArray();
        return tops.Length == 1 && list["has_more"] is not JValue { Value: true } ? tops[0].Key : null;
    }
}
