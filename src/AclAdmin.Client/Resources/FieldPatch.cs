using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>
/// The body of a write: the fields that are specified, in the order of their specification, each with its JSON value. A field that is absent
/// is left alone by the service; one that is JSON null is cleared.
/// </summary>
public sealed class FieldPatch
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // Two lists and no JSON object, which costs a kilobyte: a row has one, and few fields.
    private readonly List<string> _names = [];
    private readonly List<JToken> _values = [];

    /// <summary>Whether no field is specified.</summary>
    public bool IsEmpty => _names.Count == 0;

    /// <summary>The API names of the specified fields, in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The value of a field; null (not JSON null) where it is not specified.</summary>
    public JToken? this[string name] => Find(name) is >= 0 and var index ? _values[index] : null;

    /// <summary>The text of a field; null where none is specified.</summary>
    public string? GetText(string name) => this[name] is JValue { Value: string text } ? text : null;

    /// <summary>The boolean value of a field; null where none is specified.</summary>
    public bool? GetFlag(string name) => this[name] is JValue { Value: bool flag } ? flag : null;

    /// <summary>Sets a field. A value that was specified before is replaced.</summary>
    public void Set(FieldDescriptor field, JToken value) => Set(field.Name, value);

    /// <summary>Clears a field.</summary>
    public void Clear(FieldDescriptor field) => Set(field.Name, JValue.CreateNull());

    /// <summary>Whether a field is specified.</summary>
    public bool IsSpecified(string name) => Find(name) >= 0;

    /// <summary>Takes a field out.</summary>
    /// <returns>Its value; null where it is not specified.</returns>
    public JToken? Remove(string name)
    {
        var index = Find(name);
        if (index < 0)
        {
            return null;
        }

        var value = _values[index];
        _names.RemoveAt(index);
        _values.RemoveAt(index);
        return value;
    }

    /// <summary>Puts fields in an order; those that the order does not name precede them.</summary>
    public void Arrange(IEnumerable<string> order)
    {
        foreach (var name in order)
        {
            if (Remove(name) is { } value)
            {
                Set(name, value);
            }
        }
    }

    /// <summary>The part of this patch that contains only some of its fields.</summary>
    public FieldPatch Only(ICollection<string> names)
    {
        var part = new FieldPatch();
        for (var index = 0; index < _names.Count; index++)
        {
            if (names.Contains(_names[index]))
            {
                part.Set(_names[index], _values[index]);
            }
        }

        return part;
    }

    /// <summary>The body of a create: this patch, with the defaults for unspecified fields.</summary>
    public FieldPatch WithCreateDefaults(ResourceDescriptor resource)
    {
        var body = Only(_names);
        foreach (var field in resource.WritableFields)
        {
            if (!IsSpecified(field.Name) && (field.CreateDefault is { } value ? JToken.FromObject(value) : field.DeriveOnCreate(this)) is { } known)
            {
                body.Set(field, known);
            }
        }

        return body;
    }

    /// <summary>Checks every field against its description.</summary>
    /// <param name="resource">The table to check against.</param>
    /// <param name="required">The fields that must be specified, by API name; none for a partial update.</param>
    /// <param name="isUpdate">Whether this is the body of a partial update.</param>
    /// <param name="parameterOf">The parameter of a field, where the values are arguments of a command; null where they are cells of a row.</param>
    /// <returns>A sentence for each error.</returns>
    public IReadOnlyList<string> Validate(
        ResourceDescriptor resource, IEnumerable<string> required, bool isUpdate = false, Func<string, string?>? parameterOf = null)
    {
        string NameOf(string field) => parameterOf?.Invoke(field) is { } parameter ? "-" + parameter : field;

        var problems = new List<string>();
        for (var index = 0; index < _names.Count; index++)
        {
            if (resource[_names[index]].Validate(_values[index], isUpdate) is { } problem)
            {
                problems.Add($"{NameOf(_names[index])} {problem}");
            }
        }

        if (problems.Count == 0 && resource.ValidateTogether(this) is { } conflict)
        {
            problems.Add(conflict);
        }

        foreach (var name in required)
        {
            if (!IsSpecified(name))
            {
                problems.Add($"{NameOf(name)} is missing; allowed: {(parameterOf is null ? resource[name].Allowed : resource[name].AllowedAsArgument)}");
            }
        }

        return problems;
    }

    /// <summary>The differences between this patch and a known state.</summary>
    /// <param name="state">The item as the service last showed it.</param>
    /// <returns>A difference for each field whose value is another; none when the service has all values already.</returns>
    public IReadOnlyList<FieldDifference> DifferencesFrom(ApiResource state)
    {
        var differences = new List<FieldDifference>();
        for (var index = 0; index < _names.Count; index++)
        {
            var current = state.GetField(_names[index]) ?? JValue.CreateNull();
            if (!ItemComparer.HaveSameValue(state.GetDescriptor().Find(_names[index]), current, _values[index]))
            {
                differences.Add(new FieldDifference(_names[index], current, _values[index]));
            }
        }

        return differences;
    }

    /// <summary>The JSON object, compact, as it is sent.</summary>
    public string ToJson()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var writer = new JsonTextWriter(text) { Formatting = Formatting.None, ArrayPool = CharacterPool.Instance };
        writer.WriteStartObject();
        for (var index = 0; index < _names.Count; index++)
        {
            writer.WritePropertyName(_names[index]);
            _values[index].WriteTo(writer);
        }

        writer.WriteEndObject();
        return text.ToString();
    }

    /// <summary>The bytes that are sent.</summary>
    public byte[] ToUtf8() => Utf8.GetBytes(ToJson());

    /// <inheritdoc/>
    public override string ToString() => ToJson();

    /// <summary>Whether two times are one: the services vary between none and six digits of a fraction.</summary>
    private static bool IsSameTime(JToken left, JToken right) =>
        DateTimeOffset.TryParse((string?)left, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var first)
        && DateTimeOffset.TryParse((string?)right, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var second)
        && first == second;

    private int Find(string name) => _names.IndexOf(name);

    private void Set(string name, JToken value)
    {
        // A list may be edited, so each patch has its own; a single value never changes.
        var own = value is JContainer ? value.DeepClone() : value;
        var index = Find(name);
        if (index < 0)
        {
            _names.Add(name);
            _values.Add(own);
        }
        else
        {
            _values[index] = own;
        }
    }
}
