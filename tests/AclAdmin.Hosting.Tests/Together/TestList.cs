using System.Collections.Generic;
using System.Linq;
using AclAdmin.Sandbox;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>A list as the tests of features that meet know it. A further list is one line in <see cref="All"/>.</summary>
/// <param name="Noun">The noun of its cmdlets.</param>
/// <param name="Segment">Its name in the sandbox.</param>
/// <param name="Id">The column of its id.</param>
/// <param name="Key">The column that identifies an item to people.</param>
/// <param name="Note">A field that takes any text.</param>
/// <param name="New">The columns of a new item by its number.</param>
internal sealed record TestList(string Noun, string Segment, string Id, string Key, string Note, TestList.Columns New)
{
    /// <summary>The columns of a row by a number.</summary>
    public delegate IEnumerable<(string Column, object? Cell)> Columns(int number);

    /// <summary>How many items each list has.</summary>
    public const int Count = 8;

    /// <summary>The item that the service refuses to change: synced or read-only.</summary>
    public const int Locked = 5;

    /// <summary>Every list that has items of its own.</summary>
    public static IReadOnlyList<TestList> All { get; } =
    [
        new("ImpersonationRegistryEntry", "entries", "id", "email", "comments", i => [("name", $"New {i}"), ("email", $"new{i}@example.net"), ("is_email_regex", false)]),
        new("EmailAllowPolicy", "allow_policies", "id", "pattern", "comments", i => [("pattern", $"new{i}@example.net"), ("pattern_type", "EMAIL"), ("is_trusted_sender", true)]),
        new("EmailBlockedSender", "block_senders", "id", "pattern", "comments", i => [("pattern", $"new{i}@example.net"), ("pattern_type", "EMAIL")]),
        new("EmailContentPolicy", "content_policies", "id", "name", "notes", i => [("name", $"New {i}"), ("enabled", true), ("pattern", $"gift {i}"), ("targets", new[] { "BODY" })]),
        new("EmailDomain", "domains", "id", "domain", "transport", i => [("domain", $"new{i}.example"), ("allowed_delivery_modes", new[] { "DIRECT" }), ("regions", new[] { "GLOBAL" })]),
        new("EmailSendingDomainRestriction", "sending_domain_restrictions", "id", "domain", "comments", i => [("domain", $"new{i}.example"), ("exclude", new[] { $"old{i}.example" })]),
        new("EmailTrustedDomain", "trusted_domains", "id", "pattern", "comments", i => [("pattern", $"new{i}.example"), ("is_recent", true), ("is_similarity", false)]),
        new("EmailUrlIgnorePattern", "url_ignore_patterns", "id", "pattern", "comments", i => [("pattern", $"https://new{i}\\.example/.*")]),
        new("AccessControlRule", "rules", "rule_sid", "name", "name", i => [("name", $"New {i}"), ("entries", new[] { $"1900{i}" }), ("field", "to"), ("operation", "prefix"), ("quantifier", "any")]),
    ];

    /// <summary>Whether it is one of CarrierX's.</summary>
    public bool IsCarrierX => Segment == "rules";

    /// <summary>Whether the key is a regular expression.</summary>
    public bool IsExpression => Segment == "url_ignore_patterns";

    /// <summary>Whether an item can belong to somebody else.</summary>
    public bool HasLocked => Segment is "rules" or "entries";

    /// <summary>The fields of a whole item, which a replacement and a new item have.</summary>
    public IEnumerable<string> Whole => New(0).Select(cell => cell.Column);

    /// <summary>The list with a noun.</summary>
    public static TestList Of(string noun) => All.Single(list => list.Noun == noun);

    /// <summary>The id of a seeded item, counted from 1.</summary>
    public string IdOf(int number) => Segment switch
    {
        "entries" => SandboxIds.Entry(number),
        "rules" => SandboxIds.Rule(number),
        _ => SandboxIds.Item(Segment, number),
    };
}
