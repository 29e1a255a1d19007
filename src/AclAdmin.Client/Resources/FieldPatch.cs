using System.Collections.Generic;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>
/// The body of a write: the fields that were said, in the order they were said, each with its JSON value. A field that is absent
/// is left alone by the service; one that is JSON null is cleared.
/// </summary>
public sealed class FieldPatch
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly JObject _body = new();

    /// <summary>Whether nothing was said.</summary>
    public bool IsEmpty => _body.Count == 0;

    /// <summary>The API names of the fields that were said, in order.</summary>
    public IEnumerable<string> Names => _body.Properties().Select(property => property.Name);

    /// <summary>The value said for a field; null (not JSON null) where it was not said.</summary>
    public JToken? this[string name] => _body[name];

    /// <summary>The text said for a field; null where none was.</summary>
    public string? GetText(string name) => _body[name] is JValue { Value: string text } ? text : null;

    /// <summary>The flag said for a field; null where none was.</summary>
    public bool? GetFlag(string name) => _body[name] is JValue { Value: bool flag } ? flag : null;

    /// <summary>Says a value for a field, in place of what was said for it before.</summary>
    public void Set(FieldDescriptor field, JToken value) => _body[field.Name] = value;

    /// <summary>Says that a field is to be cleared.</summary>
    public void Clear(FieldDescriptor field) => _body[field.Name] = JValue.CreateNull();

    /// <summary>Whether something was said for a field.</summary>
    public bool IsSpecified(string name) => _body.ContainsKey(name);

    /// <summary>Takes a field out.</summary>
    /// <returns>What was said for it; null where nothing was.</returns>
    public JToken? Remove(string name)
    {
        var value = _body[name];
        _body.Remove(name);
        return value;
    }

    /// <summary>The part of this patch that names only some of its fields.</summary>
    public FieldPatch Only(ICollection<string> names)
    {
        var part = new FieldPatch();
        foreach (var property in _body.Properties().Where(property => names.Contains(property.Name)))
        {
            part._body[property.Name] = property.Value;
        }

        return part;
    }

    /// <summary>The body of a create: this patch, with the defaults for what it does not specify.</summary>
    public FieldPatch WithCreateDefaults(ResourceDescriptor resource)
    {
        var body = new FieldPatch();
        foreach (var property in _body.Properties())
        {
            body._body[property.Name] = property.Value;
        }

        foreach (var field in resource.WritableFields.Where(field => field.CreateDefault is not null && !IsSpecified(field.Name)))
        {
            body.Set(field, JToken.FromObject(field.CreateDefault!));
        }

        return body;
    }

    /// <summary>Checks every field against its description.</summary>
    /// <param name="resource">The table to check against.</param>
    /// <param name="required">The fields that must be said, by API name; none for a partial update.</param>
    /// <param name="isUpdate">Whether this is the body of a partial update.</param>
    /// <returns>A sentence for each thing that is wrong.</returns>
    public IReadOnlyList<string> Validate(ResourceDescriptor resource, IEnumerable<string> required, bool isUpdate = false)
    {
        var problems = new List<string>();
        foreach (var property in _body.Properties())
        {
            if (resource[property.Name].Validate(property.Value, isUpdate) is { } problem)
            {
                problems.Add($"{property.Name} {problem}");
            }
        }

        if (problems.Count == 0 && resource.ValidateTogether(this) is { } conflict)
        {
            problems.Add(conflict);
        }

        problems.AddRange(required.Where(name => !IsSpecified(name)).Select(name => $"{name} is missing; allowed: {resource[name].Allowed}"));
        return problems;
    }

    /// <summary>What this patch would change in a known state.</summary>
    /// <param name="state">The thing as the service last showed it.</param>
    /// <returns>A difference for each field whose value is another; none when the service has everything already.</returns>
    public IReadOnlyList<FieldDifference> DifferencesFrom(ApiResource state)
    {
        var differences = new List<FieldDifference>();
        foreach (var property in _body.Properties())
        {
            // A field that the service did not send and one that it sent as null are the same to a reader.
            var current = state.GetField(property.Name) ?? JValue.CreateNull();
            if (!JToken.DeepEquals(current, property.Value))
            {
                differences.Add(new FieldDifference(property.Name, current, property.Value));
            }
        }

        return differences;
    }

    /// <summary>The JSON object, compact, as it is sent.</summary>
    public string ToJson() => _body.ToString(Formatting.None);

    /// <summary>The bytes that are sent.</summary>
    public byte[] ToUtf8() => Utf8.GetBytes(ToJson());

    /// <inheritdoc/>
    public override string ToString() => ToJson();
}
