using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>Reads the access control lists of partners, trunk groups and trunks, and writes the lists of one of them as a whole.</summary>
public sealed class AccessControlListClient(ApiConnection connection)
    : CarrierXListClient<AccessControlListOwner>(connection, AccessControlListDefinition.Instance, RequestPath.Of("partners"))
{
    /// <inheritdoc/>
    public override ListQuery QueryForCreated(FieldPatch body) => throw NotPossible();

    /// <inheritdoc/>
    protected override bool CanReplace => false;

    /// <summary>Reads every owner that the credential sees as one page: partners, trunk groups, and the trunks of each.</summary>
    public override async Task<Page<AccessControlListOwner>> ReadPageAsync(
        ListQuery query, PageCursor cursor, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (cursor.Offset > 0)
        {
            return new Page<AccessControlListOwner>([], null, null, false);
        }

        var owners = new List<AccessControlListOwner>();
        owners.AddRange(await ReadAsync(ListOwnerKind.Partner, null).ConfigureAwait(false));
        foreach (var group in await ReadAsync(ListOwnerKind.TrunkGroup, null).ConfigureAwait(false))
        {
            owners.Add(group);

            // Requested with their group; where the service omits them all the same, they are read at their own address.
            owners.AddRange(group.Trunks ?? await ReadAsync(ListOwnerKind.Trunk, group.Id.Sid).ConfigureAwait(false));
        }

        return new Page<AccessControlListOwner>(owners, owners.Count, null, false);

        async Task<IEnumerable<AccessControlListOwner>> ReadAsync(ListOwnerKind kind, string? trunkGroupSid)
        {
            var pages = new ListOwnerPages(Connection, kind, trunkGroupSid);
            return (await Snapshot.ReadAsync(pages, pages.Query, observer, cancellationToken).ConfigureAwait(false)).Values;
        }
    }

    /// <inheritdoc/>
    protected override RequestPath PathOf(string id) => ListOwnerId.Parse(id).Path;

    /// <inheritdoc/>
    protected override ResourcePermissions PermissionsOf(string id) => ListOwnerId.Parse(id).Permissions;

    /// <inheritdoc/>
    protected override AccessControlListOwner? ReadItem(ApiRequest request, ApiResponse response, string? id)
    {
        var owner = ListOwnerId.Parse(id ?? throw NotPossible());
        var shown = response.Body.GetId(owner.SidField);
        if (!string.Equals(shown, owner.Sid, StringComparison.OrdinalIgnoreCase))
        {
            throw Unexpected(request, response, string.IsNullOrEmpty(shown)
                ? $"the answer is no {owner.Noun}: it has no {owner.SidField}"
                : $"the answer shows the {owner.Noun} '{DisplayText.Of(shown)}', which is another one");
        }

        return AccessControlListOwner.Read(owner, response.Body.Tree)
            ?? throw Unexpected(request, response, "the answer does not contain the array acls, so its lists cannot be changed");
    }

    /// <inheritdoc/>
    protected override AccessControlListOwner ReadListed(ApiRequest request, ApiResponse response, JObject sent) => throw NotPossible();

    private static NotSupportedException NotPossible() => new("CarrierX has no such call for access control lists.");
}

/// <summary>Reads the pages of one kind of owner.</summary>
/// <param name="connection">The connection.</param>
/// <param name="kind">The kind.</param>
/// <param name="trunkGroupSid">The trunk group of trunks; null elsewhere.</param>
internal sealed class ListOwnerPages(ApiConnection connection, ListOwnerKind kind, string? trunkGroupSid)
    : CarrierXListClient<AccessControlListOwner>(connection, AccessControlListDefinition.Instance, PathOf(kind, trunkGroupSid))
{
    /// <summary>Requests trunks together with their group, which saves a request for each group.</summary>
    public ListQuery Query => new ListQuery().Sort("with_trunks", kind == ListOwnerKind.TrunkGroup ? "true" : null);

    public override ListQuery QueryForCreated(FieldPatch body) => throw new NotSupportedException();

    protected override AccessControlListOwner? ReadItem(ApiRequest request, ApiResponse response, string? id) => throw new NotSupportedException();

    protected override AccessControlListOwner ReadListed(ApiRequest request, ApiResponse response, JObject sent)
    {
        var sid = kind switch
        {
            ListOwnerKind.Partner => sent["partner_sid"],
            ListOwnerKind.TrunkGroup => sent["trunk_group_sid"],
            _ => sent["trunk_sid"],
        };
        if (sid is not JValue { Value: string { Length: > 0 } text })
        {
            throw Unexpected(request, response, "an item in it has no sid");
        }

        var id = kind switch
        {
            ListOwnerKind.Partner => ListOwnerId.Of(text, null, null),
            ListOwnerKind.TrunkGroup => ListOwnerId.Of(null, text, null),
            _ => ListOwnerId.Of(null, trunkGroupSid, text),
        };
        return AccessControlListOwner.Read(id, sent) ?? throw Unexpected(request, response, $"the {id.Noun} {id.Sid} in it has no array acls");
    }

    private static RequestPath PathOf(ListOwnerKind kind, string? trunkGroupSid) => kind switch
    {
        ListOwnerKind.Partner => RequestPath.Of("partners"),
        ListOwnerKind.TrunkGroup => RequestPath.Of("trunk_groups"),
        _ => RequestPath.Of("trunk_groups", trunkGroupSid!, "trunks"),
    };
}
