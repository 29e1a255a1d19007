using System;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>One field whose desired value differs from the service's value.</summary>
/// <param name="name">The field's API name.</param>
/// <param name="before">The service's value; JSON null where it has none.</param>
/// <param name="after">The desired value; JSON null where it is to be cleared.</param>
public sealed class FieldDifference(string name, JToken before, JToken after)
{
    /// <summary>Lists of so many items are shown as they are, as their order matters as well; of longer ones only the items that come and go.</summary>
    private const int MaxItemsShown = 8;

    private readonly JToken _before = before;
    private readonly JToken _after = after;

    /// <summary>The field's API name.</summary>
    public string Name { get; } = DisplayText.Whole(name);

    /// <summary>The service's value, as JSON.</summary>
    public string Before { get; } = DisplayText.OfJson(before.ToString(Formatting.None));

    /// <summary>What is wanted, as JSON.</summary>
    public string After { get; } = DisplayText.OfJson(after.ToString(Formatting.None));

    /// <summary>The difference for people, in one line.</summary>
    /// <param name="markOld">Marks what is no longer there, such as by a colour.</param>
    /// <param name="markNew">Marks what is new.</param>
    public string Describe(Func<string, string> markOld, Func<string, string> markNew)
    {
        if (AreLists(JTokenType.Object) && ((JArray)_before).Count == ((JArray)_after).Count)
        {
            return string.Join("; ", ((JArray)_before).Zip((JArray)_after, (Before, After) => (Before: (JObject)Before, After: (JObject)After))
                .SelectMany((pair, index) => pair.Before.Properties().Concat(pair.After.Properties()).Select(field => field.Name).Distinct(StringComparer.Ordinal)
                    .Select(field => new FieldDifference($"{Name}[{index + 1}].{DisplayText.Of(field)}", pair.Before[field] ?? JValue.CreateNull(), pair.After[field] ?? JValue.CreateNull())))
                .Where(field => !JToken.DeepEquals(field._before, field._after))
                .Select(field => field.Describe(markOld, markNew)));
        }

        if (!AreLists(JTokenType.String) || Math.Max(((JArray)_before).Count, ((JArray)_after).Count) <= MaxItemsShown)
        {
            return $"{Name} {markOld(DisplayText.Of(Before))} -> {markNew(DisplayText.Of(After))}";
        }

        var (gone, come) = (Except(_before, _after), Except(_after, _before));
        var kept = ((JArray)_after).Count - come.Count;
        var parts = new[]
        {
            gone.Count == 0 ? null : "- " + markOld(DisplayText.Of(gone.ToString(Formatting.None))),
            come.Count == 0 ? null : "+ " + markNew(DisplayText.Of(come.ToString(Formatting.None))),
            gone.Count + come.Count == 0 ? $"the same {kept} in another order" : $"{kept} stay",
        };
        return $"{Name} {string.Join(", ", parts.Where(part => part is not null))}";
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Before} -> {After}";

    /// <summary>The items of a list beyond those of another, each as often as it is there more often.</summary>
    private static JArray Except(JToken items, JToken others)
    {
        var left = others.GroupBy(item => (string)item!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return new JArray(items.Where(item => !left.TryGetValue((string)item!, out var count) || (left[(string)item!] = count - 1) < 0));
    }

    private bool AreLists(JTokenType items) => _before is JArray && _after is JArray && _before.Concat(_after).All(item => item.Type == items);
}
