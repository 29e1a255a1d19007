using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>Identifies a write by what is sent: a hash takes the place of the body, of which a journal may contain a million.</summary>
internal static class WriteKey
{
    [ThreadStatic]
    private static SHA256? _hash;

    /// <summary>Account, list, action, identity and body, each field with its value in JSON; the order of the body's fields has no meaning.</summary>
    public static Guid Of(string? account, string list, ChangeAction action, string id, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var body = string.Join(",", fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}:{field.Value}"));
        return Of($"{account}\n{list}\n{action}\n{(action == ChangeAction.Create ? "" : id.ToUpperInvariant())}\n{body}");
    }

    /// <summary>The hash of an item's id, whose case has no meaning.</summary>
    public static Guid OfId(string id) => Of(id.ToUpperInvariant());

    private static Guid Of(string text)
    {
        var whole = (_hash ??= SHA256.Create()).ComputeHash(Encoding.UTF8.GetBytes(text));
        Array.Resize(ref whole, 16);
        return new Guid(whole);
    }
}
