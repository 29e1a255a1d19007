using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>Single entries to add to a rule and to remove from it. CarrierX accepts only whole lists, so the rule is read, changed and written.</summary>
/// <param name="add">Entries to add.</param>
/// <param name="remove">Entries to remove.</param>
/// <param name="fields">Other fields that are specified.</param>
public sealed class EntryEdit(IReadOnlyList<string> add, IReadOnlyList<string> remove, FieldPatch fields)
{
    private static readonly FieldDescriptor Entries = AccessControlRule.Descriptor["entries"];

    private readonly IReadOnlyList<string> _add = add;
    private readonly IReadOnlyList<string> _remove = remove;
    private readonly FieldPatch _fields = fields;

    /// <summary>The same edit with its entries as <see cref="FieldDescriptor.ReadAs"/> reads them.</summary>
    public EntryEdit AsRead() => new([.. _add.Select(Entries.ReadAs!)], [.. _remove.Select(Entries.ReadAs!)], _fields);

    /// <summary>A summary of the edits of one rule, for people.</summary>
    public static string Describe(IReadOnlyList<EntryEdit> edits)
    {
        var fields = edits.SelectMany(edit => edit._fields.Names).Distinct(StringComparer.Ordinal).ToArray();
        var parts = new[]
        {
            List("Add entries", edits.SelectMany(edit => edit._add)),
            List("Remove entries", edits.SelectMany(edit => edit._remove)),
            fields.Length == 0 ? null : $"Update {string.Join(", ", fields)}",
        };
        return string.Join("; ", parts.Where(part => part is not null));
    }

    /// <summary>Applies edits to one rule, in order.</summary>
    /// <param name="state">The rule as it is.</param>
    /// <param name="edits">The edits.</param>
    /// <returns>The body to send; empty when the rule needs no change.</returns>
    /// <exception cref="AclException">The rule cannot be changed, or would have no entries left.</exception>
    public static FieldPatch Apply(AccessControlRule state, IEnumerable<EntryEdit> edits)
    {
        if (state.GetReadOnlyReason() is { } obstacle)
        {
            throw obstacle;
        }

        var wanted = new FieldPatch();
        if (state.GetField(Entries.Name) is not JArray shown || shown.Any(entry => entry.Type != JTokenType.String))
        {
            throw new AclException(
                ErrorKind.UnexpectedResponse,
                $"CarrierX showed the access control rule {state} without a list of texts as its entries, so they cannot be changed one by one. Nothing was written.",
                "Try again, or write the whole list with -Entries.");
        }

        var entries = shown.Select(entry => (string)entry!).ToList();
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

    /// <summary>The entries to remove that a rule does not have, as a sentence: a mistyped entry must not look like a removal.</summary>
    /// <param name="state">The rule as it is.</param>
    /// <param name="edits">The edits. What an earlier one adds or removes is no surprise to a later one.</param>
    /// <returns>Null where there are none.</returns>
    public static string? DescribeMissing(AccessControlRule state, IReadOnlyList<EntryEdit> edits)
    {
        var known = (state.Entries ?? Enumerable.Empty<string>()).Concat(edits.SelectMany(edit => edit._add));
        var missing = edits.SelectMany(edit => edit._remove).Except(known, StringComparer.Ordinal).ToArray();
        return missing.Length == 0
            ? null
            : $"it does not have {(missing.Length == 1 ? "the entry" : "the entries")} {DisplayText.Of(string.Join(", ", missing))}, so nothing is removed there. Entries are compared exactly.";
    }

    private static string? List(string what, IEnumerable<string> entries)
    {
        var text = string.Join(", ", entries.Distinct(StringComparer.Ordinal));
        return text.Length == 0 ? null : $"{what} {DisplayText.Of(text)}";
    }

    private void ApplyTo(List<string> entries, FieldPatch wanted)
    {
        // Entries are compared exactly: two that look alike may be different expressions.
        entries.RemoveAll(entry => _remove.Contains(entry, StringComparer.Ordinal));
        entries.AddRange(_add.Where(entry => !entries.Contains(entry, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).ToArray());
        foreach (var name in _fields.Names)
        {
            wanted.Set(AccessControlRule.Descriptor[name], _fields[name]!);
        }

        if (_fields["entries"] is JArray whole)
        {
            entries.Clear();
            entries.AddRange(whole.Select(entry => entry.Value<string>()!));
        }
    }
}
