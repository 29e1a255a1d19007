using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.CarrierX;

/// <summary>The kinds of owners of access control lists.</summary>
public enum ListOwnerKind
{
    /// <summary>A partner, for calls and messages.</summary>
    Partner,

    /// <summary>A trunk group, for calls only.</summary>
    TrunkGroup,

    /// <summary>A trunk of a trunk group, for calls only.</summary>
    Trunk,
}

/// <summary>Identifies the owner of access control lists: one text, which is also its address, such as <c>trunk_groups/9c7d2b41/trunks/1f4e8a63</c>.</summary>
public sealed class ListOwnerId
{
    private const string Partners = "partners";
    private const string TrunkGroups = "trunk_groups";
    private const string Trunks = "trunks";

    private ListOwnerId(ListOwnerKind kind, string sid, string? trunkGroupSid)
    {
        Kind = kind;
        Sid = RequestPath.CheckId(sid, SidField);
        TrunkGroupSid = kind == ListOwnerKind.TrunkGroup ? sid : trunkGroupSid is null ? null : RequestPath.CheckId(trunkGroupSid, "trunk_group_sid");
    }

    /// <summary>What it is.</summary>
    public ListOwnerKind Kind { get; }

    /// <summary>Its own sid.</summary>
    public string Sid { get; }

    /// <summary>The trunk group that it is, or is in; null for a partner.</summary>
    public string? TrunkGroupSid { get; }

    /// <summary>Whether its lists act on messages as well as on calls.</summary>
    public bool HasMessages => Kind == ListOwnerKind.Partner;

    /// <summary>The field that has its sid in the service's answers.</summary>
    public string SidField => Kind switch
    {
        ListOwnerKind.Partner => "partner_sid",
        ListOwnerKind.TrunkGroup => "trunk_group_sid",
        _ => "trunk_sid",
    };

    /// <summary>The noun for such an owner in messages.</summary>
    public string Noun => Kind switch
    {
        ListOwnerKind.Partner => "partner",
        ListOwnerKind.TrunkGroup => "trunk group",
        _ => "trunk",
    };

    /// <summary>Its address.</summary>
    internal RequestPath Path => Kind switch
    {
        ListOwnerKind.Partner => RequestPath.Of(Partners, Sid),
        ListOwnerKind.TrunkGroup => RequestPath.Of(TrunkGroups, Sid),
        _ => RequestPath.Of(TrunkGroups, TrunkGroupSid!, Trunks, Sid),
    };

    /// <summary>The scopes that reading and changing it need, as CarrierX's documentation of each object names them.</summary>
    internal ResourcePermissions Permissions => Kind switch
    {
        ListOwnerKind.Partner => ListOwnerScopes.Of(Partners),
        ListOwnerKind.TrunkGroup => ListOwnerScopes.Of(TrunkGroups),
        _ => ListOwnerScopes.Of("trunk_groups.trunks"),
    };

    /// <summary>Identifies an owner by sids. The most specific one counts: a trunk also has a trunk group, and a trunk group a partner.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: none is specified, one cannot be a sid, or a trunk has no trunk
    /// group.</exception>
    public static ListOwnerId Of(string? partnerSid, string? trunkGroupSid, string? trunkSid)
    {
        if (!string.IsNullOrEmpty(trunkSid))
        {
            return string.IsNullOrEmpty(trunkGroupSid)
                ? throw new AclException(
                    ErrorKind.ValidationFailed, $"The trunk {DisplayText.Of(trunkSid)} is specified without its trunk group. Nothing was sent.", "Specify TrunkGroupSid as well.")
                : new ListOwnerId(ListOwnerKind.Trunk, trunkSid!, trunkGroupSid);
        }

        if (!string.IsNullOrEmpty(trunkGroupSid))
        {
            return new ListOwnerId(ListOwnerKind.TrunkGroup, trunkGroupSid!, null);
        }

        return string.IsNullOrEmpty(partnerSid)
            ? throw new AclException(
                ErrorKind.ValidationFailed,
                "No owner of access control lists is specified. Nothing was sent.",
                "Specify PartnerSid, TrunkGroupSid, or TrunkGroupSid and TrunkSid.")
            : new ListOwnerId(ListOwnerKind.Partner, partnerSid!, null);
    }

    /// <summary>Reads the text of an owner.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: it identifies no owner.</exception>
    public static ListOwnerId Parse(string text)
    {
        var parts = text.Split('/');
        return (parts.Length, parts[0]) switch
        {
            (2, Partners) => new ListOwnerId(ListOwnerKind.Partner, parts[1], null),
            (2, TrunkGroups) => new ListOwnerId(ListOwnerKind.TrunkGroup, parts[1], null),
            (4, TrunkGroups) when parts[2] == Trunks => new ListOwnerId(ListOwnerKind.Trunk, parts[3], parts[1]),
            _ => throw new AclException(
                ErrorKind.ValidationFailed,
                $"'{DisplayText.Of(text)}' is not the path of an owner. Nothing was sent.",
                "Specify partners/<sid>, trunk_groups/<sid> or trunk_groups/<sid>/trunks/<sid>."),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Path.ToString();
}

/// <summary>The scopes for the owners of access control lists.</summary>
public static class ListOwnerScopes
{
    /// <summary>Required for reading lists, by their owner.</summary>
    public const string Read = "partners.read, trunk_groups.read or trunk_groups.trunks.read (or .manage)";

    /// <summary>Required for changing lists, by their owner.</summary>
    public const string Update = "partners.update, trunk_groups.update or trunk_groups.trunks.update (or .manage)";

    private static readonly string[] Areas = ["partners", "trunk_groups", "trunk_groups.trunks"];

    /// <summary>Whether scopes allow an action on every owner of lists; null where they allow it on some, or where none is known.</summary>
    /// <param name="scopes">What a credential has; none where the service does not report it.</param>
    /// <param name="action"><c>read</c> or <c>update</c>.</param>
    public static bool? AreGranted(IReadOnlyCollection<string> scopes, string action)
    {
        var granted = Areas.Count(area => scopes.Contains($"{area}.{action}") || scopes.Contains($"{area}.manage"));
        return scopes.Count == 0 ? null : granted == Areas.Length ? true : granted == 0 ? false : null;
    }

    internal static ResourcePermissions Of(string area)
    {
        var update = $"{area}.update or {area}.manage";
        return new ResourcePermissions($"{area}.read or {area}.manage", update, update, update);
    }
}
