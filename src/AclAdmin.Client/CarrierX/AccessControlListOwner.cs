using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>
/// A partner, a trunk group or a trunk, reduced to its access control lists. CarrierX keeps the lists as one array of it and has no call for one of them, so a
/// change of a list is a change of its owner.
/// </summary>
public sealed class AccessControlListOwner : ApiResource
{
    /// <summary>The array of lists.</summary>
    internal const string Lists = "acls";

    private const string ParentLists = "parent_assigned_acls";

    /// <summary>The field table: the one field that is written is the array, and rows specify edits of it.</summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "access control list",
        "access control lists",
        "owner",
        new FieldDescriptor(Lists, FieldKind.ObjectList),
        new FieldDescriptor("name", FieldKind.Text) { Writable = false },
        new FieldDescriptor("owner", FieldKind.Text) { Writable = false },
        new FieldDescriptor(ParentLists, FieldKind.ObjectList) { Writable = false })
    {
        EditFields = [.. AccessControlListFields.Table, .. AccessControlListFields.References],
    };

    private AccessControlListOwner(ListOwnerId id, JObject fields, IReadOnlyList<AccessControlListOwner>? trunks)
        : base(fields)
    {
        Id = id;
        Trunks = trunks;
    }

    /// <summary>Identifies it.</summary>
    public ListOwnerId Id { get; }

    /// <summary>The trunks of a trunk group that was read with them; null elsewhere.</summary>
    internal IReadOnlyList<AccessControlListOwner>? Trunks { get; }

    /// <summary>Its lists, in the order in which the service keeps them; last those that the parent partner has assigned.</summary>
    internal IReadOnlyList<AccessControlList> GetLists() =>
    [
        .. ReadLists(Lists).Select((list, index) => new AccessControlList(this, index + 1, list)),
        .. ReadLists(ParentLists).Select(list => new AccessControlList(this, null, list)),
    ];

    /// <summary>Its own lists, in the form in which they are compared and sent.</summary>
    internal IReadOnlyList<JObject> GetOwnLists() => ReadLists(Lists).ToArray();

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;

    /// <inheritdoc/>
    internal override string GetDescription() => $"{Id.Noun}: {GetDisplayName()}";

    /// <inheritdoc/>
    internal override AclException? GetReadOnlyReason() => null;

    /// <summary>Reads what the service sent of an owner. Only the lists and the name are kept: a partner's object also has addresses and balances.</summary>
    /// <returns>Null where it has no array of lists.</returns>
    internal static AccessControlListOwner? Read(ListOwnerId id, JObject sent)
    {
        if (sent[Lists] is not JArray lists || lists.Any(list => list is not JObject))
        {
            return null;
        }

        var fields = new JObject
        {
            [Lists] = Normalize(lists, id.HasMessages),
            ["name"] = sent["company_name"] is JValue { Value: string { Length: > 0 } } company ? company : sent["name"],
            ["owner"] = id.ToString(),
        };
        if (sent[ParentLists] is JArray assigned)
        {
            fields[ParentLists] = Normalize(assigned, id.HasMessages);
        }

        return new AccessControlListOwner(id, fields, ReadTrunks(id, sent["trunks"] as JArray));
    }

    private static JArray Normalize(JArray lists, bool hasMessages) => new(lists.OfType<JObject>().Select(list => AccessControlListFields.Normalize(list, hasMessages)));

    private static AccessControlListOwner[]? ReadTrunks(ListOwnerId group, JArray? trunks) =>
        group.Kind != ListOwnerKind.TrunkGroup || trunks is null
            ? null
            : trunks.OfType<JObject>()
                .Where(trunk => trunk["trunk_sid"] is JValue { Value: string { Length: > 0 } })
                .Select(trunk => Read(ListOwnerId.Of(null, group.Sid, (string?)trunk["trunk_sid"]), trunk))
                .OfType<AccessControlListOwner>()
                .ToArray();

    private IEnumerable<JObject> ReadLists(string field) => GetField(field) is JArray lists ? lists.OfType<JObject>() : Array.Empty<JObject>();
}
