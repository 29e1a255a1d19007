using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.CarrierX;

/// <summary>What specifies the owner of access control lists: one text, or a sid or a name for each kind.</summary>
/// <param name="Text">Its path, or its name; null where the others specify it.</param>
/// <param name="Partner">The sid or the name of a partner.</param>
/// <param name="TrunkGroup">The sid or the name of a trunk group.</param>
/// <param name="Trunk">The sid or the name of a trunk.</param>
public sealed record OwnerReference(string? Text, string? Partner = null, string? TrunkGroup = null, string? Trunk = null);

/// <summary>Finds owners of access control lists. All owners are read once, and only where sids alone do not lead to the address of the one that is meant.</summary>
/// <param name="connection">The connection to use.</param>
public sealed class ListOwnerNames(ApiConnection connection)
{
    private IReadOnlyCollection<AccessControlListOwner>? _owners;

    /// <summary>The path of an owner. The most specific part counts: a trunk also has a trunk group, and a trunk group a partner.</summary>
    /// <param name="owner">What specifies it.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="AclException">
    /// <see cref="ErrorKind.NotFound"/>: there is no such owner. <see cref="ErrorKind.ValidationFailed"/>: none is specified, a text cannot be one, or several
    /// have the name. Or the owners could not be read.
    /// </exception>
    public async Task<string> FindAsync(OwnerReference owner, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var (text, partner, group, trunk) = (owner.Text ?? "", owner.Partner ?? "", owner.TrunkGroup ?? "", owner.Trunk ?? "");
        var isPath = (text + partner + group + trunk).IndexOfAny(['/', '\\']) >= 0;
        if (text.Length > 0 && isPath)
        {
            return ListOwnerId.Parse(text).ToString();
        }

        if (text.Length == 0 && (isPath || partner + group + trunk is "" || (trunk.Length > 0 ? IsSid(trunk) && IsSid(group) : IsSid(group.Length > 0 ? group : partner))))
        {
            return ListOwnerId.Of(partner, group, trunk).ToString();
        }

        _owners ??= (await Snapshot.ReadAsync(new AccessControlListClient(connection), observer, cancellationToken).ConfigureAwait(false)).Values.ToArray();
        return (text, trunk, group) switch
        {
            ({ Length: > 0 }, _, _) => Find("owner of access control lists", text, _owners),
            (_, { Length: > 0 }, _) => Find("trunk", trunk, Find(ListOwnerKind.Trunk, group.Length == 0 ? null : Sids(ListOwnerKind.TrunkGroup, group))),
            (_, _, { Length: > 0 }) => Find("trunk group", group, Find(ListOwnerKind.TrunkGroup)),
            _ => Find("partner", partner, Find(ListOwnerKind.Partner)),
        };
    }

    /// <summary>The sid of an owner of a kind, by its sid or its name.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="text">The sid or the name; null or empty for none.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <returns>Null where none is specified.</returns>
    /// <exception cref="AclException">As for <see cref="FindAsync"/>.</exception>
    public async Task<string?> FindSidAsync(ListOwnerKind kind, string? text, IRequestObserver observer, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(text) ? null : IsSid(text!) ? text : ListOwnerId.Parse(await FindAsync(
            kind switch
            {
                ListOwnerKind.Partner => new OwnerReference(null, Partner: text),
                ListOwnerKind.TrunkGroup => new OwnerReference(null, TrunkGroup: text),
                _ => new OwnerReference(null, Trunk: text),
            },
            observer,
            cancellationToken).ConfigureAwait(false)).Sid;

    /// <summary>CarrierX documents sids as uuids.</summary>
    private static bool IsSid(string text) => Guid.TryParseExact(text, "D", out _);

    private IEnumerable<AccessControlListOwner> Find(ListOwnerKind kind, IReadOnlyCollection<string>? groups = null) =>
        _owners!.Where(owner => owner.Id.Kind == kind && groups?.Contains(owner.TrunkGroupSid!, StringComparer.OrdinalIgnoreCase) != false);

    private string[] Sids(ListOwnerKind kind, string text) => Matches(text, Find(kind)).Select(owner => owner.Id.Sid).ToArray();

    private static AccessControlListOwner[] Matches(string text, IEnumerable<AccessControlListOwner> owners)
    {
        // As for rules, a name that matches in case takes precedence over those that differ in case.
        var found = owners.Where(owner => string.Equals(owner.Id.Sid, text, StringComparison.OrdinalIgnoreCase) || owner.OwnerName == text).ToArray();
        return found.Length > 0 ? found : owners.Where(owner => string.Equals(owner.OwnerName, text, StringComparison.OrdinalIgnoreCase)).ToArray();
    }

    private static string Find(string noun, string text, IEnumerable<AccessControlListOwner> owners)
    {
        var found = Matches(text, owners);
        return found.Length switch
        {
            1 => found[0].Owner,
            0 => throw new AclException(
                ErrorKind.NotFound, $"There is no {noun} with the sid or the name '{DisplayText.Of(text)}'. Nothing was sent for it.", "Look for it with Get-AccessControlList, or with -WithoutList."),
            _ => throw new AclException(
                ErrorKind.ValidationFailed,
                $"Several are named '{DisplayText.Of(text)}': {string.Join(", ", found.Take(5).Select(owner => owner.Owner))}{(found.Length > 5 ? ", ..." : "")}. Nothing was sent for it.",
                "Specify the path of the one that is meant."),
        };
    }
}
