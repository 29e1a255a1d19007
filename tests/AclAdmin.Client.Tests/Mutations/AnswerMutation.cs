using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests.Mutations;

/// <summary>A right answer with one thing wrong in it: what a liar, a broken proxy or a defect of a service would send.</summary>
internal static class AnswerMutation
{
    private static readonly int[] Statuses = [200, 201, 202, 204, 207, 301, 302, 307, 308, 400, 401, 403, 404, 405, 408, 409, 410, 415, 422, 429, 500, 502, 503, 504, 520];

    private static readonly Func<JToken>[] OtherTypes =
        [JValue.CreateNull, () => new JValue(17), () => new JValue("text"), () => new JValue(true), () => new JArray(), () => new JObject(), () => new JArray(1, "x", JValue.CreateNull())];

    /// <summary>The kinds of mutation, by name.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["status", "drop", "retype", "rename", "swap", "repeat", "other id", "other value", "rotate", "cut", "empty", "twice"];

    /// <summary>Mutates an answer.</summary>
    /// <param name="random">Chooses what.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="status">The right status.</param>
    /// <param name="body">The right body; null where it has none.</param>
    /// <param name="knownIds">Ids of other items.</param>
    public static StubAnswer Apply(Random random, string kind, int status, JObject? body, IReadOnlyList<string> knownIds)
    {
        var text = body?.ToString(Formatting.None) ?? "";
        switch (kind)
        {
            case "status":
                return StubAnswer.Json(Statuses[random.Next(Statuses.Length)], text);
            case "cut":
                return StubAnswer.Json(status, text[..random.Next(text.Length + 1)]);
            case "empty":
                return StubAnswer.Json(status, random.Next(3) switch { 0 => "", 1 => "null", _ => "{}" });
            case "twice":
                return StubAnswer.Json(status, text + text);
            default:
                var mutated = body is null ? [] : (JObject)body.DeepClone();
                Mutate(random, kind, mutated, knownIds);
                return StubAnswer.Json(status, mutated.ToString(Formatting.None));
        }
    }

    private static void Mutate(Random random, string kind, JObject body, IReadOnlyList<string> knownIds)
    {
        var members = body.Descendants().OfType<JProperty>().ToArray();
        var arrays = body.Descendants().OfType<JArray>().Where(array => array.Count > 0).ToArray();
        if (members.Length == 0)
        {
            body["id"] = OtherId(random, knownIds);
            return;
        }

        var member = members[random.Next(members.Length)];
        switch (kind)
        {
            case "drop":
                member.Remove();
                break;
            case "retype":
                member.Value = OtherTypes[random.Next(OtherTypes.Length)]();
                break;
            case "rename":
                member.Replace(new JProperty(member.Name + "_", member.Value));
                break;
            case "swap":
                var other = members[random.Next(members.Length)];
                if (!other.Descendants().Contains(member) && !member.Descendants().Contains(other))
                {
                    (member.Value, other.Value) = (other.Value.DeepClone(), member.Value.DeepClone());
                }

                break;
            case "other id":
                var ids = members.Where(each => each.Name is "id" or "rule_sid").ToArray();
                (ids.Length == 0 ? member : ids[random.Next(ids.Length)]).Value = OtherId(random, knownIds);
                break;
            case "other value":
                var texts = members.Where(each => each.Value.Type is JTokenType.String or JTokenType.Boolean).ToArray();
                var changed = texts.Length == 0 ? member : texts[random.Next(texts.Length)];
                changed.Value = changed.Value.Type == JTokenType.Boolean ? new JValue(!(bool)changed.Value) : new JValue($"{changed.Value}-other");
                break;
            case "repeat" when arrays.Length > 0:
                var array = arrays[random.Next(arrays.Length)];
                array.Add(array[random.Next(array.Count)].DeepClone());
                break;
            case "rotate" when arrays.Any(each => each.Count > 1):
                var longest = arrays.MaxBy(each => each.Count)!;
                var first = longest[0];
                first.Remove();
                longest.Add(first);
                break;
            default:
                member.Value = OtherTypes[random.Next(OtherTypes.Length)]();
                break;
        }
    }

    private static JValue OtherId(Random random, IReadOnlyList<string> knownIds) => random.Next(4) switch
    {
        0 => new JValue(knownIds[random.Next(knownIds.Count)]),
        1 => new JValue("../../x"),
        2 => new JValue(""),
        _ => JValue.CreateNull(),
    };
}
