using System;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>A CarrierX access control rule: it matches calls or messages by number, prefix or expression.</summary>
public sealed class AccessControlRule : ApiResource
{
    /// <summary>Specifies entries to add to a rule.</summary>
    public static readonly FieldDescriptor AddEntry = Numbers("add_entry");

    /// <summary>Specifies entries to remove from a rule.</summary>
    public static readonly FieldDescriptor RemoveEntry = Numbers("remove_entry");

    /// <summary>
    /// The field table, from CarrierX's API documentation. The legacy fields <c>from_did</c> and <c>to_did</c> stay for the accounts that have them.
    /// </summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "access control rule",
        "access control rules",
        "rule_sid",
        Numbers("entries", isWhole: true),
        new FieldDescriptor("field", FieldKind.Choice)
        {
            RequiredOnCreate = true,
            AllowedValues = ["calling", "called", "from", "to", "message", "from_did", "to_did"],
        },
        new FieldDescriptor("name", FieldKind.Text) { ServiceDefault = "N/A", Content = TextContent.Name },
        new FieldDescriptor("operation", FieldKind.Choice) { RequiredOnCreate = true, AllowedValues = ["exact", "prefix", "regexp"] },
        new FieldDescriptor("quantifier", FieldKind.Choice) { RequiredOnCreate = true, AllowedValues = ["all", "any", "none"] },
        new FieldDescriptor("read_only", FieldKind.Boolean) { Writable = false },
        new FieldDescriptor("rule_sid", FieldKind.Text) { Writable = false, Content = TextContent.Identifier })
    {
        IdentityAliases = ["sid", "id"],
        EditFields = [AddEntry, RemoveEntry],
        WarnOfFields = patch => patch.GetText("operation") == "regexp" && patch["entries"] is JArray entries
            ? entries
                .Select(entry => ExpressionCheck.GetWarning("entries", (string?)entry ?? "", "CarrierX does not document which dialect it reads"))
                .FirstOrDefault(doubt => doubt is not null)
            : null,
        NaturalKey = ["entries", "field", "name", "operation", "quantifier"],
        MatchKeys = ["name"],
        HasReadOnlyItems = true,
    };

    /// <summary>Reads a rule.</summary>
    /// <param name="fields">The object that the service sent.</param>
    public AccessControlRule(JObject fields)
        : base(fields)
    {
    }

    /// <summary>Creates a rule from an answer whose fields may never be needed.</summary>
    /// <param name="fields">Returns the object that the service sent, when it is needed.</param>
    internal AccessControlRule(Func<JObject> fields)
        : base(fields)
    {
    }

    /// <summary>Identifies the rule.</summary>
    public string RuleSid => Text("rule_sid") ?? "";

    /// <summary>A field for numbers, prefixes or expressions; for words where messages are compared.</summary>
    private static FieldDescriptor Numbers(string name, bool isWhole = false) => new(name, FieldKind.TextList)
    {
        RequiredOnCreate = isWhole,
        MinItems = isWhole ? 1 : 0,
        Content = TextContent.Entries,
        IsExpression = IsExpression,
        IsNumber = IsNumber,
        ReadAs = MangledNumber.Read,
    };

    private static bool? IsNumber(Func<string, JToken?> valueOf) =>
        IsExpression(valueOf) == true || valueOf("field").AsText() == "message" ? false
        : IsExpression(valueOf) is null || valueOf("field") is null ? null
        : true;

    private static bool? IsExpression(Func<string, JToken?> valueOf) => valueOf("operation").AsText() is { } operation ? operation == "regexp" : null;

    /// <summary>The rule's name; <c>N/A</c> where it has none.</summary>
    public string? Name => Text("name");

    /// <summary>What is compared: <c>calling</c> or <c>called</c> for voice; <c>from</c>, <c>to</c> or <c>message</c> for messages.</summary>
    public string? Field => Text("field");

    /// <summary>How it is compared: <c>exact</c>, <c>prefix</c> or <c>regexp</c>.</summary>
    public string? Operation => Text("operation");

    /// <summary>How many entries must match: <c>all</c>, <c>any</c> or <c>none</c>.</summary>
    public string? Quantifier => Text("quantifier");

    /// <summary>The numbers, prefixes or expressions.</summary>
    public TextList? Entries => List("entries");

    /// <summary>Whether the rule is inherited from the parent partner and cannot be changed here.</summary>
    public bool? ReadOnly => Flag("read_only");

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;

    /// <inheritdoc/>
    internal override string GetDescription() => $"{Name}: {Field} {Operation} {Quantifier} of {Entries}";

    /// <inheritdoc/>
    internal override AclException? GetReadOnlyReason() => ReadOnly == true
        ? new AclException(
            ErrorKind.ReadOnlyRule,
            $"The access control rule {this} is read-only: it is inherited from the parent partner.",
            "Ask the parent partner to change it, or create a rule of your own.")
        : null;
}
