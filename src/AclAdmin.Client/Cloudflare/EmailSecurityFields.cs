using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>The fields and rules that several lists of the Email Security settings share, from Cloudflare's OpenAPI description (August 2026).</summary>
internal static class EmailSecurityFields
{
    private const int MaxPattern = 1024;
    private const int MaxComments = 1024;
    private const string Dialect = "The service judges it";

    /// <summary>The columns that hold a note, in any list.</summary>
    public static readonly string[] NoteColumns = ["Notes", "Note", "Comments"];

    public static FieldDescriptor Comments { get; } = new("comments", FieldKind.Text) { Nullable = true, RequiredOnReplace = false, MaxLength = MaxComments, Columns = NoteColumns };

    public static FieldDescriptor CreatedAt { get; } = new("created_at", FieldKind.Timestamp) { Writable = false };

    public static FieldDescriptor Id { get; } = new("id", FieldKind.Text) { Writable = false, Content = TextContent.Identifier };

    // The service requires the flag. Files that list patterns rarely have a column for it, and mean plain text.
    public static FieldDescriptor IsRegex { get; } = FlagOffByDefault("is_regex", "Regex", "Regular Expression");

    public static FieldDescriptor LastModified { get; } = new("last_modified", FieldKind.Timestamp) { Writable = false };

    public static FieldDescriptor ModifiedAt { get; } = new("modified_at", FieldKind.Timestamp) { Writable = false };

    public static FieldDescriptor Pattern { get; } = new("pattern", FieldKind.Text)
    {
        RequiredOnCreate = true,
        MinLength = 1,
        MaxLength = MaxPattern,
        NotBlank = true,
        Content = TextContent.Address,
        IsExpression = valueOf => valueOf("is_regex").AsFlag() == true,
        ReadAs = PatternForm.Refang,
        Columns = ["Value", "Values", "Blocked Sender", "Domain", "Trusted Domain", "Url", "Url Pattern"],
    };

    /// <summary>A pattern that is always an expression. No character of an address is invisible, in an expression for it neither.</summary>
    public static FieldDescriptor UrlExpression { get; } = new("pattern", FieldKind.Text)
    {
        RequiredOnCreate = true,
        MinLength = 1,
        MaxLength = MaxPattern,
        NotBlank = true,
        Content = TextContent.Entries,
        Columns = ["Value", "Values", "Url", "Url Pattern"],
    };

    public static FieldDescriptor PatternType { get; } = new("pattern_type", FieldKind.Choice)
    {
        RequiredOnCreate = true,
        AllowedValues = ["EMAIL", "DOMAIN", "IP"],
        ReadOnlyValues = ["UNKNOWN"],
        Columns = ["Type", "Rule Type", "Blocked Sender Type"],
        DeriveOnCreate = patch => patch.GetFlag("is_regex") != true && patch.GetText("pattern") is { } pattern && PatternForm.TypeOf(pattern) is { } type ? new JValue(type) : null,
    };

    /// <summary>The fields that have the same meaning in several lists, so that the lists share one parameter for each.</summary>
    public static FieldDescriptor Find(string name) =>
        new[] { Comments, IsRegex, Pattern, PatternType }.FirstOrDefault(field => field.Name == name)
        ?? throw new KeyNotFoundException($"There is no field {name} that several lists share.");

    /// <summary>A flag that a create must contain, and that is false unless specified.</summary>
    public static FieldDescriptor FlagOffByDefault(string name, params string[] columns) =>
        new(name, FieldKind.Boolean) { RequiredOnCreate = true, RequiredOnReplace = false, CreateDefault = false, ServiceDefault = bool.FalseString, Columns = columns };

    /// <summary>Warns of an expression that does not compile.</summary>
    public static string? GetPatternWarning(FieldPatch patch) => patch.GetFlag("is_regex") == true ? GetExpressionWarning(patch) : null;

    /// <summary>The error in a pattern that cannot be of its type; null where there is none, or where it may be an expression.</summary>
    public static string? GetPatternError(FieldPatch patch) => patch.GetFlag("is_regex") == false ? GetFormError("pattern", patch, patch.GetText("pattern_type")) : null;

    /// <summary>The error in a field that cannot be of a type, as <see cref="PatternForm.Describe"/> defines it; null where there is none.</summary>
    public static string? GetFormError(string field, FieldPatch patch, string? type) => patch.GetText(field) is { Length: > 0 } text && PatternForm.Describe(type, text) is { } cause
        ? $"{field} '{DisplayText.Of(text)}' cannot be {type switch { "EMAIL" => "an address", "DOMAIN" => "a domain", "IP" => "an IP address or block", _ => "a pattern" }}: {cause}"
        : null;

    /// <summary>The error in an item of a list of domains or addresses, as the end of a sentence; null where there is none.</summary>
    public static string? GetItemError(string type, string item) => PatternForm.Describe(type, item) is { } cause ? $"contains '{DisplayText.Of(item)}': {cause}" : null;

    /// <summary>Warns of a pattern that is always an expression, where it does not compile.</summary>
    public static string? GetExpressionWarning(FieldPatch patch) =>
        patch.GetText("pattern") is { } pattern ? ExpressionCheck.GetWarning("pattern", pattern, Dialect) : null;
}
