using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>The description of one field of a resource, and the only place for the rules about it.</summary>
public sealed class FieldDescriptor
{
    /// <summary>Describes a field.</summary>
    /// <param name="name">The field's name in the service's JSON.</param>
    /// <param name="kind">Its shape.</param>
    public FieldDescriptor(string name, FieldKind kind)
    {
        Name = name;
        Kind = kind;
    }

    /// <summary>The field's name in the service's JSON.</summary>
    public string Name { get; }

    /// <summary>The field's shape.</summary>
    public FieldKind Kind { get; }

    /// <summary>Whether the service accepts null, which clears the field.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether a create or an update may contain the field. A field that is not writable is read-only.</summary>
    public bool Writable { get; init; } = true;

    /// <summary>Whether only a create may contain the field: it cannot be changed afterwards.</summary>
    public bool CreateOnly { get; init; }

    /// <summary>Whether an update, too, may contain null where <see cref="Nullable"/> is set.</summary>
    public bool NullableInUpdate { get; init; } = true;

    /// <summary>Whether a replacement must contain the field.</summary>
    public bool RequiredOnReplace { get; init; } = true;

    /// <summary>The field that has replaced this one, which the service no longer accepts; null elsewhere.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Whether a create must contain the field.</summary>
    public bool RequiredOnCreate { get; init; }

    /// <summary>The value in a create where none is specified; null where there is no such default.</summary>
    public object? CreateDefault { get; init; }

    /// <summary>Derives the value in a create where none is specified from the fields that are; its result is null where they leave it open.</summary>
    public Func<FieldPatch, JToken?> DeriveOnCreate { get; init; } = _ => null;

    /// <summary>The service's own default where a create omits the field; null where it has none.</summary>
    public string? ServiceDefault { get; init; }

    /// <summary>The shortest text that the service accepts, in characters.</summary>
    public int MinLength { get; init; }

    /// <summary>The longest text that the service accepts, in characters; null where its contract states none.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The fewest items a list may have.</summary>
    public int MinItems { get; init; }

    /// <summary>The kind of a text, which determines the characters that it can contain.</summary>
    public TextContent Content { get; init; }

    /// <summary>Whether a blank text is refused.</summary>
    public bool NotBlank { get; init; }

    /// <summary>
    /// Whether the value is a regular expression, according to other fields, which the function reads by name; null where that is not known. Any
    /// character is allowed in an expression.
    /// </summary>
    public Func<Func<string, JToken?>, bool?> IsExpression { get; init; } = _ => false;

    /// <summary>
    /// Reads a text, or an item of a list, as the value that people certainly mean by it, where it is no expression; for numbers, where it is a number. Null where
    /// every text is meant as it is.
    /// </summary>
    public Func<string, string>? ReadAs { get; init; }

    /// <summary>
    /// Whether the items of a list are numbers, according to other fields, which the function reads by name; its result is null where that is not known.
    /// Null where they never are.
    /// </summary>
    public Func<Func<string, JToken?>, bool?>? IsNumber { get; init; }

    /// <summary>
    /// Other names of the field's column, as dashboards, their documentation and older exports have it. Case, blanks and other marks are ignored.
    /// </summary>
    public IReadOnlyList<string> Columns { get; init; } = Array.Empty<string>();

    /// <summary>
    /// Columns of directory exports, the best first: the first with a value counts, where no column of the field's own has one. Those that precede the field's own
    /// name take precedence over it. A plus sign stands between columns whose values are joined, and a bar between the names of one column.
    /// </summary>
    public IReadOnlyList<string> DirectoryColumns { get; init; } = Array.Empty<string>();

    /// <summary>Whether blanks and invisible characters at the ends of a cell have no meaning.</summary>
    public bool IsTrimmed => Kind != FieldKind.Text || Content != TextContent.Free;

    /// <summary>The most items a list may have; null where the contract states none.</summary>
    public int? MaxItems { get; init; }

    /// <summary>The least value of an integer; null where the contract states none.</summary>
    public long? Minimum { get; init; }

    /// <summary>The greatest value of an integer; null where the contract states none.</summary>
    public long? Maximum { get; init; }

    /// <summary>Values that the service shows and filters by, and does not accept in a body.</summary>
    public IReadOnlyList<string> ReadOnlyValues { get; init; } = Array.Empty<string>();

    /// <summary>The values of a <see cref="FieldKind.Choice"/>, or of the items of a list, spelled as the service spells them.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = Array.Empty<string>();

    /// <summary>The warning for a use of a deprecated field; null where the field is not deprecated.</summary>
    public string? Deprecation { get; init; }

    /// <summary>What a person may specify for this field as an argument of a command, for error messages.</summary>
    public string AllowedAsArgument => Kind switch
    {
        FieldKind.Boolean => "$true or $false",
        FieldKind.TextList when AllowedValues.Count > 0 => "one or more of " + string.Join(", ", AllowedValues),
        FieldKind.TextList => "one or more texts, none of them empty",
        _ => Allowed,
    };

    /// <summary>What a person may write for this field in a cell, for error messages.</summary>
    public string Allowed
    {
        get
        {
            switch (Kind)
            {
                case FieldKind.Boolean:
                    return "true, false, yes, no, 1 or 0";
                case FieldKind.Integer when Minimum is not null && Maximum is not null:
                    return FormattableString.Invariant($"a whole number from {Minimum} to {Maximum}");
                case FieldKind.Integer:
                    return "a whole number such as 12";
                case FieldKind.Timestamp:
                    return "a date such as 2026-12-31 (UTC), or a time with its zone such as 2026-12-31T18:00:00Z";
                case FieldKind.Choice:
                    return "one of " + string.Join(", ", AllowedValues);
                case FieldKind.TextList when AllowedValues.Count > 0:
                    return "a JSON array, or items between separators, of " + string.Join(", ", AllowedValues);
                case FieldKind.TextList:
                    return "a JSON array such as [\"1800\",\"1615\"], or items between separators, none of them empty";
                default:
                    return MaxLength is int max ? FormattableString.Invariant($"text of at most {max:#,0} characters") : "text";
            }
        }
    }

    /// <summary>A value in the service's spelling; null where it is none of <see cref="AllowedValues"/> and <see cref="ReadOnlyValues"/>.</summary>
    public string? FindValue(string? name) =>
        AllowedValues.Concat(ReadOnlyValues).FirstOrDefault(allowed => string.Equals(allowed, name?.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The items of a list in the service's spelling; those that are none of the allowed values as they are.</summary>
    public JArray? Spell(JArray? items) =>
        items is null || AllowedValues.Count == 0 ? items : new JArray(items.Select(item => FindValue((string?)item) is { } name ? new JValue(name) : item));

    /// <summary>Whether <see cref="ReadAs"/> applies, according to other fields, which a function reads by name; false where that is not known.</summary>
    public bool IsReadAs(Func<string, JToken?> valueOf) => IsNumber is null ? IsExpression(valueOf) == false : IsNumber(valueOf) == true;

    /// <summary>A value as <see cref="ReadAs"/> reads it.</summary>
    public JToken Interpret(JToken value) => value switch
    {
        JValue { Value: string text } when ReadAs!(text) is var meant => meant == text ? value : meant,
        JArray items => new JArray(items.Select(Interpret)),
        _ => value,
    };

    /// <summary>Checks a value against this description, without a request.</summary>
    /// <param name="value">The value for a body; a JSON null clears the field.</param>
    /// <param name="isUpdate">Whether it is the body of a partial update.</param>
    /// <returns>The error, as the end of a sentence that starts with the field's name; null when there is none.</returns>
    public string? Validate(JToken value, bool isUpdate = false)
    {
        if (!Writable)
        {
            return "is read-only";
        }

        if (CreateOnly && isUpdate)
        {
            return "cannot be changed after the create";
        }

        if (value.Type == JTokenType.Null && Nullable && isUpdate && !NullableInUpdate)
        {
            return "cannot be cleared by a partial update; replace the whole with -Replace instead";
        }

        if (value.Type == JTokenType.Null)
        {
            return Nullable ? null : "cannot be cleared: the service does not take null for it";
        }

        switch (Kind)
        {
            case FieldKind.Text when NotBlank && CellCharacters.IsBlank(value.Value<string>() ?? ""):
                return "is blank";
            case FieldKind.Text when value.Value<string>() is { } text && CountCharacters(text) < MinLength:
                return $"is {CountCharacters(text)} characters long; at least {MinLength} are required";
            case FieldKind.Text when value.Value<string>() is { } text && MaxLength is int max && CountCharacters(text) > max:
                return FormattableString.Invariant($"is {CountCharacters(text):#,0} characters long; at most {max:#,0} are allowed");
            case FieldKind.Choice when !AllowedValues.Contains(value.Value<string>(), StringComparer.Ordinal):
                return $"is '{DisplayText.Of(value.ToString())}'; allowed: {Allowed}";
            case FieldKind.Integer when value.Value<long>() < Minimum || value.Value<long>() > Maximum:
                return $"is {value}; allowed: {Allowed}";
            case FieldKind.TextList when value is JArray items:
                return ValidateList(items);
            default:
                return null;
        }
    }

    /// <summary>Returns the error in an item of a list, as the end of a sentence that starts with the field's name; null where there is none.</summary>
    public Func<string, string?> DescribeItem { get; init; } = _ => null;

    /// <summary>Characters as a schema counts them: one outside the basic plane is one character, although it is two in a .NET string.</summary>
    private static int CountCharacters(string text) => text.Length - text.Count(char.IsLowSurrogate);

    private string? ValidateList(JArray items)
    {
        if (items.Count < MinItems)
        {
            return $"has {items.Count} items; at least {MinItems} must stand in it";
        }

        if (items.Count > MaxItems)
        {
            return $"has {items.Count} items; at most {MaxItems} are allowed";
        }

        if (AllowedValues.Count > 0 && items.FirstOrDefault(item => !AllowedValues.Contains(item.Value<string>(), StringComparer.Ordinal)) is { } unknown)
        {
            return $"contains '{DisplayText.Of(unknown.ToString())}'; allowed: {Allowed}";
        }

        return items.Any(item => string.IsNullOrEmpty(item.Value<string>())) ? "holds an empty item"
            : items.Select(item => DescribeItem(item.Value<string>()!)).FirstOrDefault(problem => problem is not null);
    }
}
