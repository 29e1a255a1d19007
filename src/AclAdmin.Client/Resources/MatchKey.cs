using System;
using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>
/// The key that identifies an item: its id, or fields that its field table lists for that (<see cref="ResourceDescriptor.MatchKeys"/>), one or several.
/// </summary>
public static class MatchKey
{
    /// <summary>The name that stands for the id.</summary>
    public const string Id = "Id";

    /// <summary>The names that a caller can specify, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> NamesOf(ResourceDescriptor resource) => [.. resource.MatchKeys.Select(NameOf), Id];

    /// <summary>The comparer for the fields that names stand for; null for the id.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="names">Names of <see cref="NamesOf"/>, without regard to case, or fields' API names; null or none for the id.</param>
    /// <param name="parameter">The parameter that specifies them, for messages.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: one is neither, or the id is combined with a field.</exception>
    public static ItemComparer? Find(ResourceDescriptor resource, IReadOnlyList<string>? names, string parameter = "MatchBy")
    {
        var fields = (names ?? []).Select(name => FindField(resource, name, parameter)).Distinct().ToArray();
        if (fields.Length > 1 && fields.Contains(null))
        {
            throw new AclException(ErrorKind.ValidationFailed, $"-{parameter} combines the id with a field. The id alone identifies an item.", "Specify one or the other.");
        }

        return fields.Length == 0 || fields[0] is null ? null : new ItemComparer(resource, fields.OfType<string>());
    }

    /// <summary>A field's name as cmdlets spell it: <c>email</c> is <c>Email</c>.</summary>
    public static string NameOf(string field) => string.Concat(field.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

    private static string? FindField(ResourceDescriptor resource, string name, string parameter)
    {
        if (new[] { Id, resource.Identity.Name }.Concat(resource.IdentityAliases).Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        return resource.MatchKeys.FirstOrDefault(field => new[] { field, NameOf(field) }.Contains(name, StringComparer.OrdinalIgnoreCase)) ?? throw new AclException(
            ErrorKind.ValidationFailed,
            $"-{parameter} is '{DisplayText.Of(name)}'; allowed: {string.Join(", ", NamesOf(resource))}.",
            "Correct the value.");
    }
}
