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

    private readonly string? _problem;

    private AccessControlListOwner(ListOwnerId id, JObject fields, string? problem, IReadOnlyList<AccessControlListOwner>? trunks)
        : base(fields)
    {
        Id = id;
        Trunks = trunks;
        _problem = problem;
    }

    /// <summary>Identifies it.</summary>
    internal ListOwnerId Id { get; }

    /// <summary>Its path, such as <c>trunk_groups/9c7d2b41-...</c>.</summary>
    public string Owner => Id.ToString();

    /// <summary>Its name.</summary>
    public string? OwnerName => GetDisplayName();

    /// <summary>The partner, where it is one; null elsewhere.</summary>
    public string? PartnerSid => Id.Kind == ListOwnerKind.Partner ? Id.Sid : null;

    /// <summary>The trunk group that it is, or that the trunk belongs to; null elsewhere.</summary>
    public string? TrunkGroupSid => Id.TrunkGroupSid;

    /// <summary>The trunk, where it is one; null elsewhere.</summary>
    public string? TrunkSid => Id.Kind == ListOwnerKind.Trunk ? Id.Sid : null;

    /// <summary>The trunks of a trunk group that was read with them; null elsewhere.</summary>
    internal IReadOnlyList<AccessControlListOwner>? Trunks { get; }

    /// <summary>Its lists, in the order in which the service keeps them; last those that the parent partner has assigned.</summary>
    internal IReadOnlyList<AccessControlList> GetLists() =>
    [
        .. ReadLists(Lists).Select((list, index) => new AccessControlList(this, index + 1, list)),
        .. ReadLists(ParentLists).Select(list => new AccessControlList(this, null, list)),
    ];

    /// <summary>Its own lists, in the form in which they are compared and sent: the only source of what is written back.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: one of them is not understood.</exception>
    internal IReadOnlyList<JObject> GetOwnLists() => _problem is null ? ReadLists(Lists).ToArray() : throw new AclException(
        ErrorKind.UnexpectedResponse,
        $"CarrierX showed an access control list of the {Id.Noun} {this} that is not understood: {_problem}. Its lists are written as a whole, so none of them can be changed. Nothing was written.",
        "Look at the lists with Invoke-AclRequest, and try again.");

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;

    /// <inheritdoc/>
    internal override string GetDescription() => $"{Id.Noun}: {GetDisplayName()}";

    /// <inheritdoc/>
    internal override AclException? GetReadOnlyReason() => null;

    /// <summary>Reads what the service sent of an owner. Only the lists and the name are kept: a partner's object also has addresses and balances.</summary>
    /// <returns>Null where it has no array of lists, or one with something else in it.</returns>
    internal static AccessControlListOwner? Read(ListOwnerId id, JObject sent)
    {
        if (!AreLists(sent[Lists]) || (sent[ParentLists] is { Type: not JTokenType.Null } parent && !AreLists(parent)))
        {
            return null;
        }

        var lists = (JArray)sent[Lists]!;

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

        var problem = lists.Cast<JObject>().Select((list, index) => AccessControlListFields.FindProblem(list) is { } cause ? $"{cause} in list {index + 1}" : null).FirstOrDefault(cause => cause is not null);
        return new AccessControlListOwner(id, fields, problem, ReadTrunks(id, sent["trunks"] as JArray));
    }

    private static bool AreLists(JToken? token) => token is JArray lists && lists.All(list => list is JObject);

    private static JArray Normalize(JArray lists, bool hasMessages) => new(lists.OfType<JObject>().Select(list => AccessControlListFields.Normalize(list, hasMessages)));

    /// <summary>The trunks that came with their group; null unless each is complete, so that they are read at their own address.</summary>
    private static AccessControlListOwner[]? ReadTrunks(ListOwnerId group, JArray? trunks)
    {
        if (group.Kind != ListOwnerKind.TrunkGroup || trunks is null)
        {
            return null;
        }

        var read = trunks
            .Select(trunk => trunk is JObject fields && fields["trunk_sid"] is JValue { Value: string { Length: > 0 } sid } ? Read(ListOwnerId.Of(null, group.Sid, sid), fields) : null)
            .OfType<AccessControlListOwner>()
            .ToArray();
        return read.Length == trunks.Count ? read : null;
    }

    private IEnumerable<JObject> ReadLists(string field) => GetField(field) is JArray lists ? lists.OfType<JObject>() : Array.Empty<JObject>();
}
