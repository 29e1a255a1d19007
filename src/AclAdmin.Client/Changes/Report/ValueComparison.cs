using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;

namespace AclAdmin.Client.Changes.Report;

/// <summary>One value of a field for people, in three parts: the common beginning, the part that differs, and the common end.</summary>
/// <param name="Head">The common beginning.</param>
/// <param name="Middle">What differs.</param>
/// <param name="Tail">The common end.</param>
internal sealed record ValueParts(string Head, string Middle, string Tail);

/// <summary>The values of a field before and after a change, as a report shows them. A null is no value.</summary>
internal sealed class ValueComparison
{
    private ValueComparison(ValueParts? before, ValueParts? after)
    {
        Before = before;
        After = after;
    }

    /// <summary>The value before; null where there was none.</summary>
    public ValueParts? Before { get; }

    /// <summary>The value afterwards; null where there is none.</summary>
    public ValueParts? After { get; }

    /// <summary>Compares the values of a field.</summary>
    public static ValueComparison Of(FieldDifference field)
    {
        var before = Decode(field.Before);
        var after = Decode(field.After);
        if (before is null || after is null)
        {
            return new ValueComparison(Whole(before), Whole(after));
        }

        if (!HasParts(field.Before) || !HasParts(field.After))
        {
            return new ValueComparison(Whole(before), Whole(after));
        }

        var head = CommonHead(before, after);
        var tail = CommonTail(before, after, head);
        return new ValueComparison(Split(before, head, tail), Split(after, head, tail));
    }

    /// <summary>A text without its quotes; any other value as JSON.</summary>
    private static string? Decode(string json) => json switch
    {
        "null" => null,
        _ when json[0] == '"' => JsonConvert.DeserializeObject<string>(json, new JsonSerializerSettings { DateParseHandling = DateParseHandling.None }),
        _ => json,
    };

    /// <summary>Only texts, lists and objects have meaningful parts; numbers and booleans do not.</summary>
    private static bool HasParts(string json) => json[0] is '"' or '[' or '{';

    private static ValueParts? Whole(string? value) => value is null ? null : new ValueParts("", value, "");

    private static ValueParts Split(string value, int head, int tail) =>
        new(value.Substring(0, head), value.Substring(head, value.Length - head - tail), value.Substring(value.Length - tail));

    private static int CommonHead(string one, string other)
    {
        var most = Math.Min(one.Length, other.Length);
        var length = 0;
        while (length < most && one[length] == other[length])
        {
            length++;
        }

        // A surrogate pair is one character, and stays whole.
        return length > 0 && char.IsHighSurrogate(one[length - 1]) ? length - 1 : length;
    }

    private static int CommonTail(string one, string other, int head)
    {
        var most = Math.Min(one.Length, other.Length) - head;
        var length = 0;
        while (length < most && one[one.Length - 1 - length] == other[other.Length - 1 - length])
        {
            length++;
        }

        return length > 0 && char.IsLowSurrogate(one[one.Length - length]) ? length - 1 : length;
    }
}
