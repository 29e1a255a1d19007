using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>Single entries to add to a rule and to take out of it. CarrierX only takes whole lists, so the rule is read, changed and written.</summary>
/// <param name="add">Entries that the rule is to have.</param>
/// <param name="remove">Entries that it is not to have.</param>
/// <param name="fields">Fields that are said besides.</param>
public sealed class EntryEdit(IReadOnlyList<string> add, IReadOnlyList<string> remove, FieldPatch fields)
{
    private static readonly FieldDescriptor Entries = AccessControlRule.Descriptor["entries"];

    /// <summary>What people are told that it does.</summary>
    public string Describe()
    {
        var parts = new[]
        {
            add.Count > 0 ? $"Add entries {DisplayText.Of(string.Join(", ", add))}" : null,
            remove.Count > 0 ? $"Remove entries {DisplayText.Of(string.Join(", ", remove))}" : null,
            fields.IsEmpty ? null : $"Update {string.Join(", ", fields.Names)}",
        };
        return string.Join("; ", parts.Where(part => part is not null));
    }

    /// <summary>Carries out edits of one rule, in order.</summary>
    /// <param name="state">The rule as it is.</param>
    /// <param name="edits">The edits.</param>
    /// <returns>The body to send; empty when the rule is as wanted already.</returns>
    /// <exception cref="AclException">The rule cannot be changed, or would have no entries left.</exception>
    public static FieldPatch Apply(AccessControlRule state, IEnumerable<EntryEdit> edits)
    {
        if (state.GetReadOnlyReason() is { } obstacle)
        {
            throw obstacle;
        }

        var wanted = new FieldPatch();
        var entries = state.Entries?.ToList() ?? throw new AclException(
            ErrorKind.UnexpectedResponse,
            $"CarrierX showed the access control rule {state} without its entries, so they cannot be changed one by one. Nothing was written.",
            "Try again, or write the whole list with -Entries.");
        foreach (var edit in edits)
        {
            edit.ApplyTo(entries, wanted);
        }

        wanted.Set(Entries, new JArray(entries.Cast<object>().ToArray()));
        var patch = wanted.Only(wanted.DifferencesFrom(state).Select(difference => difference.Name).ToArray());
        var problems = patch.Validate(AccessControlRule.Descriptor, []);
        return problems.Count == 0
            ? patch
            : throw new AclException(
                ErrorKind.ValidationFailed, string.Join("; ", problems) + ". Nothing was sent.", "Leave at least one entry, or remove the rule.");
    }

    private void ApplyTo(List<string> entries, FieldPatch wanted)
    {
        // Entries are compared as they are: what looks alike may be two expressions.
        entries.RemoveAll(entry => remove.Contains(entry, StringComparer.Ordinal));
        entries.AddRange(add.Where(entry => !entries.Contains(entry, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).ToArray());
        foreach (var name in fields.Names)
        {
            wanted.Set(AccessControlRule.Descriptor[name], fields[name]!);
        }

        if (fields["entries"] is JArray whole)
        {
            entries.Clear();
            entries.AddRange(whole.Select(entry => entry.Value<string>()!));
        }
    }
}
