using System;
using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>
/// The key that identifies an item: its id, or one of the fields that its field table lists for that (<see cref="ResourceDescriptor.MatchKeys"/>).
/// </summary>
public static class MatchKey
{
    /// <summary>The name that stands for the id.</summary>
    public const string Id = "Id";

    /// <summary>The names that a caller can specify, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> NamesOf(ResourceDescriptor resource) => [.. resource.MatchKeys.Select(NameOf), Id];

    /// <summary>The field that a name stands for; null for the id.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="name">A name of <see cref="NamesOf"/>, without regard to case, or a field's API name; null for the id.</param>
    /// <param name="parameter">The parameter that specifies it, for messages.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: it is neither.</exception>
    public static FieldDescriptor? Find(ResourceDescriptor resource, string? name, string parameter = "MatchBy")
    {
        if (name is null || new[] { Id, resource.Identity.Name }.Concat(resource.IdentityAliases).Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var key = resource.MatchKeys.FirstOrDefault(field => new[] { field, NameOf(field) }.Contains(name, StringComparer.OrdinalIgnoreCase));
        return key is not null ? resource[key] : throw new AclException(
            ErrorKind.ValidationFailed,
            $"-{parameter} is '{DisplayText.Of(name)}'; allowed: {string.Join(", ", NamesOf(resource))}.",
            "Correct the value.");
    }

    /// <summary>A field's name as cmdlets spell it: <c>email</c> is <c>Email</c>.</summary>
    public static string NameOf(string field) => string.Concat(field.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
}
