using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>
/// Decides, from the field table, which items are the same. Two items with one key may still differ in the spelling of it: that they are the same item is
/// one question (<see cref="HaveSameKey(FieldPatch, ApiResource)"/>), whether a value is to be changed is another (<see cref="HaveSameValue"/>).
/// </summary>
/// <remarks>
/// Addresses, domains and names are compared without regard to case, in Unicode normalization form C, with white space folded, and a domain's <c>xn--</c>
/// form as the name that it encodes. Expressions are compared exactly. Lists are sets. A value that is missing is the service's own default.
/// </remarks>
public sealed class ItemComparer : IEqualityComparer<FieldPatch>
{
    private static readonly IdnMapping Idn = new();

    /// <summary>Compares items by fields that together identify one.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="fields">The API names of the fields.</param>
    public ItemComparer(ResourceDescriptor resource, IEnumerable<string> fields)
    {
        Fields = [.. fields.Select(name => resource[name])];
    }

    /// <summary>The fields of the key.</summary>
    public IReadOnlyList<FieldDescriptor> Fields { get; }

    /// <summary>The API names of the fields, for messages: "name and email".</summary>
    public string Names => string.Join(" and ", Fields.Select(part => part.Name));

    /// <summary>
    /// Whether two values of a field mean the same to the service, so that a change from one to the other need not be sent. Other than in a key, the
    /// spelling of a text counts; the kind of its line ends does not, as editors and exports change it.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <param name="one">A value; null where it is missing.</param>
    /// <param name="other">Another.</param>
    public static bool HaveSameValue(FieldDescriptor? field, JToken? one, JToken? other)
    {
        one = OrDefault(field, one);
        other = OrDefault(field, other);
        return JToken.DeepEquals(one, other)
            || (one is JValue { Value: string text } && other is JValue { Value: string another } && WithLineFeeds(text) == WithLineFeeds(another))
            || (field?.Kind == FieldKind.TextList && one is JArray some && other is JArray others && new HashSet<string>(TextsOf(some), StringComparer.Ordinal).SetEquals(TextsOf(others)));
    }

    /// <summary>The key of a body as one text, for lookups. Bodies of one key have one text; not every two of one text have one key, as expressions differ by case.</summary>
    public string KeyOf(FieldPatch body) => KeyOf(name => body[name]);

    /// <summary>The key of an item as one text, for lookups.</summary>
    public string KeyOf(ApiResource item) => KeyOf(item.GetField);

    /// <summary>Whether an item has the key of a body.</summary>
    public bool HaveSameKey(FieldPatch body, ApiResource item) => HaveSameKey(name => body[name], item.GetField);

    /// <summary>Whether two bodies, or two items, have the same key.</summary>
    /// <param name="one">Reads a field of the first by its API name; null where it is missing.</param>
    /// <param name="other">Reads a field of the second.</param>
    public bool HaveSameKey(Func<string, JToken?> one, Func<string, JToken?> other) => Fields.All(field =>
    {
        var isExact = field.IsExpression(one) == true || field.IsExpression(other) == true;
        return string.Equals(TextOf(field, one(field.Name), isExact), TextOf(field, other(field.Name), isExact), StringComparison.Ordinal);
    });

    /// <summary>The key as messages name it: "email 'jane@corp.example'".</summary>
    /// <param name="body">The fields.</param>
    public string Describe(FieldPatch body) => string.Join(" and the ", Fields.Select(field => $"{field.Name} '{DisplayText.Of(body[field.Name]?.ToString())}'"));

    /// <summary>The first field of the key that a body has no value for; null where it has one for each.</summary>
    public FieldDescriptor? FindMissing(FieldPatch body) => Fields.FirstOrDefault(field => string.IsNullOrEmpty(body[field.Name]?.ToString()));

    /// <summary>The values that an item has for the fields of the key.</summary>
    public FieldPatch ValuesOf(ApiResource item)
    {
        var values = new FieldPatch();
        foreach (var field in Fields)
        {
            values.Set(field, item.GetField(field.Name) ?? JValue.CreateNull());
        }

        return values;
    }

    /// <inheritdoc/>
    public bool Equals(FieldPatch? x, FieldPatch? y) => ReferenceEquals(x, y) || (x is not null && y is not null && HaveSameKey(name => x[name], name => y[name]));

    /// <inheritdoc/>
    public int GetHashCode(FieldPatch obj) => StringComparer.Ordinal.GetHashCode(KeyOf(obj));

    /// <summary>The key that the fields of a body or of an item make, as one text, for lookups.</summary>
    /// <param name="read">Reads a field by its API name; null where it is missing.</param>
    internal string KeyOf(Func<string, JToken?> read) => string.Join("\n", Fields.Select(field => TextOf(field, read(field.Name), isExact: false)));

    private static JToken OrDefault(FieldDescriptor? field, JToken? value) =>
        value is { Type: not JTokenType.Null } ? value : field?.ServiceDefault is { } known ? new JValue(known) : JValue.CreateNull();

    private static string WithLineFeeds(string text) => text.IndexOf('\r') < 0 ? text : text.Replace("\r\n", "\n").Replace('\r', '\n');

    private static IEnumerable<string> TextsOf(JArray items) => items.Select(item => item.ToString());

    private static string TextOf(FieldDescriptor field, JToken? value, bool isExact) => OrDefault(field, value) switch
    {
        JArray items => string.Join("\t", TextsOf(items).Select(item => Fold(field, item, isExact)).Distinct(StringComparer.Ordinal).OrderBy(item => item, StringComparer.Ordinal)),
        var single => Fold(field, single.ToString(), isExact),
    };

    private static string Fold(FieldDescriptor field, string text, bool isExact) => (field.Kind, field.Content) switch
    {
        _ when isExact => text,
        (_, TextContent.Address) => FoldAddresses(text),
        (_, TextContent.Name) => FoldName(text),
        (FieldKind.Choice, _) => text.ToUpperInvariant(),
        _ => text,
    };

    /// <summary>Several addresses between commas are a set.</summary>
    private static string FoldAddresses(string text) => text.IndexOf(',') < 0
        ? FoldAddress(text)
        : string.Join(",", text.Split(',').Select(FoldAddress).Distinct(StringComparer.Ordinal).OrderBy(address => address, StringComparer.Ordinal));

    private static string FoldAddress(string text)
    {
        var folded = FoldName(text);
        var domain = folded.LastIndexOf('@') + 1;
        if (folded.IndexOf("XN--", domain, StringComparison.Ordinal) < 0)
        {
            return folded;
        }

        try
        {
            return folded.Substring(0, domain) + FoldName(Idn.GetUnicode(folded.Substring(domain).ToLowerInvariant()));
        }
        catch (ArgumentException)
        {
            // A label that begins like an encoded one and is none.
            return folded;
        }
    }

    private static string FoldName(string text)
    {
        if (!CellCharacters.IsPlain(text))
        {
            text = CellCharacters.IsWhole(text) ? text.Normalize(NormalizationForm.FormC) : text;
        }

        if (text.Any(char.IsWhiteSpace))
        {
            text = string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        return text.ToUpperInvariant();
    }
}
