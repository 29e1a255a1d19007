using System;
using System.Collections.Generic;
using System.Text.Json;

namespace AclAdmin.Sandbox.Validation;

/// <summary>What a body is for, and so which fields it must have.</summary>
internal enum BodyUse
{
    Create,
    Patch,
    Replace,
}

/// <summary>What is wrong with a field.</summary>
internal enum ProblemKind
{
    UnknownField,
    ReadOnlyField,
    WrongType,
    NullValue,
    MissingField,
    TooLong,
    BadValue,
    EmptyBody,
}

/// <summary>One thing wrong with a body.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Field">The key it is about; empty for the body as a whole.</param>
/// <param name="Message">For a person.</param>
/// <param name="Item">The place in the field's list, if it is about one item.</param>
internal readonly record struct Problem(ProblemKind Kind, string Field, string Message, int? Item = null)
{
    /// <summary>Where it is, as a JSON pointer.</summary>
    public string Pointer
    {
        get
        {
            if (Field.Length == 0)
                return string.Empty;
            var name = Field.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            return Item is { } item ? FormattableString.Invariant($"/{name}/{item}") : "/" + name;
        }
    }
}

/// <summary>Holds a body against a table and lists everything wrong with it, not just the first thing.</summary>
internal static class BodyCheck
{
    private static readonly List<Problem> None = [];

    public static List<Problem> Run(JsonElement body, FieldTable table, BodyUse use)
    {
        List<Problem>? problems = null;
        var seen = 0;
        foreach (var property in body.EnumerateObject())
        {
            seen++;
            Check(property.Name, property.Value, table.Find(property.Name), use, ref problems);
        }
        if (use == BodyUse.Patch && seen == 0 && !table.TakesEmptyPatch)
            Add(ref problems, new(ProblemKind.EmptyBody, string.Empty, "At least one field must be given."));
        foreach (var rule in table.Rules)
        {
            if ((use == BodyUse.Create ? rule.RequiredOnCreate : use == BodyUse.Replace && rule.RequiredOnReplace)
                && !body.TryGetProperty(rule.Name, out _))
                Add(ref problems, new(ProblemKind.MissingField, rule.Name, $"{rule.Name} is required."));
        }
        return problems ?? None;
    }

    private static void Check(string name, JsonElement value, FieldRule? rule, BodyUse use, ref List<Problem>? problems)
    {
        if (rule is null)
        {
            Add(ref problems, new(ProblemKind.UnknownField, name, $"{name} is not a known field."));
            return;
        }
        if (rule.ReadOnly)
        {
            Add(ref problems, new(ProblemKind.ReadOnlyField, name, $"{name} is read-only."));
            return;
        }
        if (rule.CreateOnly && use != BodyUse.Create)
        {
            Add(ref problems, new(ProblemKind.ReadOnlyField, name, $"{name} cannot be changed."));
            return;
        }
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!rule.Nullable || (use == BodyUse.Patch && !rule.NullableInPatch))
                Add(ref problems, new(ProblemKind.NullValue, name, $"{name} must not be null."));
            return;
        }
        switch (rule.Shape)
        {
            case FieldShape.Flag when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                Add(ref problems, new(ProblemKind.WrongType, name, $"{name} must be true or false."));
                break;
            case FieldShape.Integer when value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out _):
                Add(ref problems, new(ProblemKind.WrongType, name, $"{name} must be an integer."));
                break;
            case FieldShape.Integer when rule.Range is { } range && (value.GetInt64() < range.Least || value.GetInt64() > range.Most):
                Add(ref problems, new(ProblemKind.BadValue, name, $"{name} must be from {range.Least} to {range.Most}."));
                break;
            case FieldShape.Text:
                CheckText(rule, value, ref problems);
                break;
            case FieldShape.TextList:
                CheckList(rule, value, use, ref problems);
                break;
        }
    }

    private static void CheckText(FieldRule rule, JsonElement value, ref List<Problem>? problems)
    {
        if (Text(value) is not { } text)
            Add(ref problems, new(ProblemKind.WrongType, rule.Name, $"{rule.Name} must be a string."));
        else if (CodePoints(text) < rule.MinLength)
            Add(ref problems, new(ProblemKind.BadValue, rule.Name, $"{rule.Name} must have at least {rule.MinLength} characters."));
        else if (rule.Uuid && !Guid.TryParseExact(text, "D", out _))
            Add(ref problems, new(ProblemKind.BadValue, rule.Name, $"{rule.Name} must be a uuid."));
        else if (rule.MaxLength is { } most && text.Length > most && CodePoints(text) > most)
            Add(ref problems, new(ProblemKind.TooLong, rule.Name, $"{rule.Name} must have at most {most} characters."));
        else if (rule.Choices is { } choices && !Contains(choices, text))
            Add(ref problems, new(ProblemKind.BadValue, rule.Name, $"{rule.Name} must be one of {string.Join(", ", choices)}."));
    }

    private static void CheckList(FieldRule rule, JsonElement value, BodyUse use, ref List<Problem>? problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Add(ref problems, new(ProblemKind.WrongType, rule.Name, $"{rule.Name} must be an array of strings."));
            return;
        }
        var at = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Text(item) is not { } text)
                Add(ref problems, new(ProblemKind.WrongType, rule.Name, $"{rule.Name} must hold strings only.", at));
            else if (text.Length == 0)
                Add(ref problems, new(ProblemKind.BadValue, rule.Name, $"{rule.Name} must not hold empty strings.", at));
            else if (rule.Choices is { } choices && !Contains(choices, text))
                Add(ref problems, new(ProblemKind.BadValue, rule.Name, $"{rule.Name} must hold only {string.Join(", ", choices)}.", at));
            at++;
        }
        if (at < rule.MinItems)
            Add(ref problems, new(ProblemKind.BadValue, rule.Name, $"{rule.Name} must hold at least {rule.MinItems} strings."));
        else if (at > rule.MaxItems && use != BodyUse.Patch)
            Add(ref problems, new(ProblemKind.BadValue, rule.Name, $"{rule.Name} must hold at most {rule.MaxItems} strings."));
    }

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape: JSON by its grammar, but not text.
            return null;
        }
    }

    private static int CodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    private static bool Contains(IReadOnlyList<string> choices, string text)
    {
        foreach (var choice in choices)
        {
            if (choice.Equals(text, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static void Add(ref List<Problem>? problems, Problem problem) => (problems ??= []).Add(problem);
}
