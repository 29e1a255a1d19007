using System;
using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>One kind of editable item: its names, its identity in a request, and its field table.</summary>
public sealed class ResourceDescriptor
{
    private readonly Dictionary<string, FieldDescriptor> _byName;
    private ItemComparer? _comparer;

    /// <summary>Describes a resource.</summary>
    /// <param name="noun">The noun for one item in messages: "impersonation registry entry".</param>
    /// <param name="plural">The noun for several items.</param>
    /// <param name="identityName">The API name of the field that identifies an item.</param>
    /// <param name="fields">The field table, in the order of the service's contract.</param>
    public ResourceDescriptor(string noun, string plural, string identityName, params FieldDescriptor[] fields)
    {
        Noun = noun;
        Plural = plural;
        Fields = fields;
        _byName = fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
        Identity = _byName[identityName];
        WritableFields = fields.Where(field => field.Writable).ToArray();
    }

    /// <summary>The noun for one item in messages.</summary>
    public string Noun { get; }

    /// <summary>The noun for several items.</summary>
    public string Plural { get; }

    /// <summary>The field that identifies an item.</summary>
    public FieldDescriptor Identity { get; }

    /// <summary>Names for the identity that older exports and the service's own paths use besides <see cref="Identity"/>.</summary>
    public IReadOnlyList<string> IdentityAliases { get; init; } = Array.Empty<string>();

    /// <summary>The field that is the display name of an item.</summary>
    public string DisplayField { get; init; } = "name";

    /// <summary>The filters of a list besides its fields; each is described like a field, so that it is read, completed and checked like one.</summary>
    public IReadOnlyList<FieldDescriptor> FilterFields { get; init; } = Array.Empty<FieldDescriptor>();

    /// <summary>The fields that together identify an item where no id is known.</summary>
    public IReadOnlyList<string> NaturalKey { get; init; } = Array.Empty<string>();

    /// <summary>The fields, any one of which can identify an item in place of its id.</summary>
    public IReadOnlyList<string> MatchKeys { get; init; } = Array.Empty<string>();

    /// <summary>Decides which items are the same, by <see cref="NaturalKey"/>.</summary>
    public ItemComparer Comparer => _comparer ??= new ItemComparer(this, NaturalKey);

    /// <summary>Whether the service keeps some items from being changed, so that the item of a refused write is read to explain the refusal.</summary>
    public bool HasReadOnlyItems { get; init; }

    /// <summary>Returns the error in a combination of fields; null where there is none, or no such rule.</summary>
    public Func<FieldPatch, string?> ValidateTogether { get; init; } = _ => null;

    /// <summary>Returns a warning for suspicious values of this resource's fields that only the service can judge; null where there is none.</summary>
    public Func<FieldPatch, string?> WarnOfFields { get; init; } = _ => null;

    /// <summary>The whole field table.</summary>
    public IReadOnlyList<FieldDescriptor> Fields { get; }

    /// <summary>The fields that a create or an update may contain.</summary>
    public IReadOnlyList<FieldDescriptor> WritableFields { get; }

    /// <summary>
    /// The columns that a row can have besides fields: edits of a field, such as entries to add to a list. None is sent as such; each is described like a
    /// field, so that it is read, completed and checked like one.
    /// </summary>
    public IReadOnlyList<FieldDescriptor> EditFields { get; init; } = Array.Empty<FieldDescriptor>();

    /// <summary>A filter with a name, which may be another than the field of that name allows; else as <see cref="GetInput"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public FieldDescriptor GetFilter(string name) =>
        FilterFields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)) ?? GetInput(name);

    /// <summary>The field or the edit of one with a name, without regard to case.</summary>
    /// <exception cref="KeyNotFoundException">There is neither.</exception>
    public FieldDescriptor GetInput(string name) =>
        Find(name) ?? EditFields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new KeyNotFoundException($"There is no field {name} of a {Noun}.");

    /// <summary>Returns a warning for suspicious values in a body, which are sent all the same, as only the service can judge them.</summary>
    /// <param name="patch">The fields that are to be sent.</param>
    /// <returns>The warning; null where there is none.</returns>
    public string? GetWarning(FieldPatch patch) => WarnOfFields(patch) ?? WarnOfMixedScripts(patch);

    /// <summary>A service compares the identifying fields with the traffic that it sees: a letter that only looks right never matches.</summary>
    private string? WarnOfMixedScripts(FieldPatch patch)
    {
        foreach (var name in NaturalKey)
        {
            if (patch.GetText(name) is { } text
                && !CellCharacters.IsPlain(text)
                && this[name].IsExpression(other => patch[other]) != true
                && MixedScripts.Find(text) is var (letter, alphabet))
            {
                return $"{name} '{DisplayText.Of(text)}' contains {CellCharacters.Name(letter)}, a {alphabet} letter among Latin ones: it may look right and match nothing. It is sent as it is.";
            }
        }

        return null;
    }

    /// <summary>Whether a name is that of a field or of an edit of one, without regard to case.</summary>
    public bool Knows(string name) => Find(name) is not null || EditFields.Any(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The field with an API name, without regard to case.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public FieldDescriptor this[string name] => _byName[name];

    /// <summary>Finds the field with an API name, without regard to case.</summary>
    public FieldDescriptor? Find(string name) => _byName.TryGetValue(name, out var field) ? field : null;
}
