using System.Collections.Generic;
using System.Linq;
using System.Net;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Cloudflare;

/// <summary>The fields and rules that several lists of the Email Security settings share, from Cloudflare's OpenAPI description (August 2026).</summary>
internal static class EmailSecurityFields
{
    private const int MaxPattern = 1024;
    private const int MaxComments = 1024;
    private const string Dialect = "The service judges it";

    public static FieldDescriptor Comments { get; } = new("comments", FieldKind.Text) { Nullable = true, MaxLength = MaxComments };

    public static FieldDescriptor CreatedAt { get; } = new("created_at", FieldKind.Timestamp) { Writable = false };

    public static FieldDescriptor Id { get; } = new("id", FieldKind.Text) { Writable = false, Content = TextContent.Identifier };

    // The service requires the flag. Files that list patterns rarely have a column for it, and mean plain text.
    public static FieldDescriptor IsRegex { get; } = FlagOffByDefault("is_regex");

    public static FieldDescriptor LastModified { get; } = new("last_modified", FieldKind.Timestamp) { Writable = false };

    public static FieldDescriptor ModifiedAt { get; } = new("modified_at", FieldKind.Timestamp) { Writable = false };

    public static FieldDescriptor Pattern { get; } = new("pattern", FieldKind.Text)
    {
        RequiredOnCreate = true,
        MinLength = 1,
        MaxLength = MaxPattern,
        NotBlank = true,
        Content = TextContent.Address,
        IsExpression = valueOf => valueOf("is_regex").AsFlag(),
    };

    /// <summary>A pattern that is always an expression. No character of an address is invisible, in an expression for it neither.</summary>
    public static FieldDescriptor UrlExpression { get; } = new("pattern", FieldKind.Text)
    {
        RequiredOnCreate = true,
        MinLength = 1,
        MaxLength = MaxPattern,
        NotBlank = true,
        Content = TextContent.Entries,
    };

    public static FieldDescriptor PatternType { get; } = new("pattern_type", FieldKind.Choice)
    {
        RequiredOnCreate = true,
        AllowedValues = ["EMAIL", "DOMAIN", "IP"],
        ReadOnlyValues = ["UNKNOWN"],
    };

    /// <summary>The fields that have the same meaning in several lists, so that the lists share one parameter for each.</summary>
    public static FieldDescriptor Find(string name) =>
        new[] { Comments, IsRegex, Pattern, PatternType }.FirstOrDefault(field => field.Name == name)
        ?? throw new KeyNotFoundException($"There is no field {name} that several lists share.");

    /// <summary>A flag that a create must contain, and that is false unless specified.</summary>
    public static FieldDescriptor FlagOffByDefault(string name) => new(name, FieldKind.Boolean) { RequiredOnCreate = true, CreateDefault = false };

    /// <summary>Warns of a pattern that does not fit its type and <c>is_regex</c>.</summary>
    public static string? GetPatternWarning(FieldPatch patch)
    {
        if (patch.GetText("pattern") is not { } pattern)
        {
            return null;
        }

        return patch.GetFlag("is_regex") switch
        {
            true => ExpressionCheck.GetWarning("pattern", pattern, Dialect),
            false => GetTypeWarning(pattern, patch.GetText("pattern_type")),
            _ => null,
        };
    }

    /// <summary>Warns of a pattern that is always an expression, where it does not compile.</summary>
    public static string? GetExpressionWarning(FieldPatch patch) =>
        patch.GetText("pattern") is { } pattern ? ExpressionCheck.GetWarning("pattern", pattern, Dialect) : null;

    private static string? GetTypeWarning(string pattern, string? type)
    {
        var fits = type switch
        {
            "EMAIL" => EmailCheck.CanBeAddresses(pattern),
            "DOMAIN" => !pattern.Contains("@") && !pattern.Any(char.IsWhiteSpace),
            "IP" => IsAddressOrBlock(pattern),
            _ => true,
        };
        return fits ? null : $"pattern '{DisplayText.Of(pattern)}' does not look like the pattern_type {type}. {Dialect}, so it is sent as it is.";
    }

    private static bool IsAddressOrBlock(string pattern)
    {
        var parts = pattern.Split('/');
        return parts.Length <= 2 && IPAddress.TryParse(parts[0], out var address)
            && (parts.Length == 1 || (byte.TryParse(parts[1], out var length) && length <= address.GetAddressBytes().Length * 8));
    }
}
