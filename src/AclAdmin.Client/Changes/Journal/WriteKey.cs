using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>Identifies a write by what is sent: a hash takes the place of the body, of which a journal may contain a million.</summary>
internal static class WriteKey
{
    /// <summary>Account, list, action, identity and body; the order of the body's fields has no meaning.</summary>
    public static Guid Of(string? account, string list, ChangeAction action, string id, IEnumerable<string> fields, Func<string, JToken?> read)
    {
        var body = string.Join(",", fields.OrderBy(name => name, StringComparer.Ordinal).Select(name => $"{name}:{read(name)?.ToString(Formatting.None)}"));
        using var hash = SHA256.Create();
        var whole = hash.ComputeHash(Encoding.UTF8.GetBytes($"{account}\n{list}\n{action}\n{(action == ChangeAction.Create ? "" : id.ToUpperInvariant())}\n{body}"));
        Array.Resize(ref whole, 16);
        return new Guid(whole);
    }
}
