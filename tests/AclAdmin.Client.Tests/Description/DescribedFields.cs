using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Xunit;

namespace AclAdmin.Client.Tests.Description;

/// <summary>
/// The field tables against the schemas of Cloudflare's own OpenAPI description: names, kinds, values, limits, nulls, what a create and a replacement require, what is
/// read-only or deprecated, and the filters and orders of the list. Content policies are newer than the description.
/// </summary>
internal static class DescribedFields
{
    private const string SettingsPath = "/accounts/{account_id}/email-security/settings/";
    private const string Ended = "It ended on 1 July 2026, a year after it was deprecated: it is read where it is still sent, and never sent.";

    private static readonly (string Segment, ResourceDescriptor Table, bool CanSort)[] Lists =
    [
        ("allow_policies", EmailAllowPolicy.Descriptor, EmailAllowPolicy.Definition.CanSort),
        ("block_senders", EmailBlockedSender.Descriptor, EmailBlockedSender.Definition.CanSort),
        ("domains", EmailDomain.Descriptor, EmailDomain.Definition.CanSort),
        ("impersonation_registry", ImpersonationRegistryEntry.Descriptor, ImpersonationRegistryDefinition.Instance.CanSort),
        ("sending_domain_restrictions", EmailSendingDomainRestriction.Descriptor, EmailSendingDomainRestriction.Definition.CanSort),
        ("trusted_domains", EmailTrustedDomain.Descriptor, EmailTrustedDomain.Definition.CanSort),
        ("url_ignore_patterns", EmailUrlIgnorePattern.Descriptor, EmailUrlIgnorePattern.Definition.CanSort),
    ];

    /// <summary>Where a table differs from the description on purpose, and why.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["allow_policies.is_recipient: writable"] = Ended,
        ["allow_policies.is_sender: writable"] = Ended,
        ["allow_policies.is_spoof: writable"] = Ended,
        ["domains?status: values"] = "The description of August 2026 has lower case. Cloudflare's client 7.3.0 of September 2026 has upper case, and is newer.",
        ["impersonation_registry.provenance: null in a create"] = "Cloudflare's client accepts null since 7.2.0, and is newer than the description.",
        ["impersonation_registry.provenance: null in an update"] = "Cloudflare's client accepts null since 7.2.0, and is newer than the description.",
    };

    /// <summary>Compares every table, and fails with each difference that is not one on purpose.</summary>
    /// <param name="file">The description's file.</param>
    public static void Check(string file)
    {
        var document = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        var compared = Lists.SelectMany(list => Compare(new ListSchemas(document, list.Segment), list.Table, list.CanSort)).ToArray();
        var unequal = compared.Where(fact => fact.Table != fact.Schema).ToArray();
        var problems = unequal.Where(fact => !Differences.ContainsKey(fact.Name)).Select(fact => $"{fact.Name}: {fact.Table} in the table, {fact.Schema} in the description")
            .Concat(Differences.Keys.Except(unequal.Select(fact => fact.Name)).Select(name => $"{name}: a difference is given that is none"))
            .ToArray();
        Assert.True(problems.Length == 0, string.Join(Environment.NewLine, problems));
        TestContext.Current.TestOutputHelper!.WriteLine($"{compared.Length} facts of {Lists.Length} lists compared, {unequal.Length} of them different on purpose.");
        foreach (var (name, reason) in Differences)
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {reason}");
        }
    }

    private static IEnumerable<Fact> Compare(ListSchemas schemas, ResourceDescriptor table, bool canSort) =>
    [
        new($"{schemas.Segment}: fields", Join(table.Fields.Select(field => field.Name)), Join(schemas.Item.Keys.Union(schemas.Create.Keys))),
        .. table.Fields.Where(field => schemas.Find(field.Name) is not null).SelectMany(field => CompareField(schemas, field)),
        .. CompareQuery(schemas, table, canSort),
    ];

    private static IEnumerable<Fact> CompareField(ListSchemas schemas, FieldDescriptor field)
    {
        var name = $"{schemas.Segment}.{field.Name}";
        var schema = schemas.Find(field.Name)!;
        var create = Writable(schemas.Create, field.Name);
        var update = Writable(schemas.Update, field.Name);
        var replace = Writable(schemas.Replace, field.Name);
        yield return new(name + ": kind", KindOf(field), KindOf(schema));
        yield return new(name + ": writable", field.Writable, create is not null || update is not null);
        if (!field.Writable)
        {
            yield break;
        }

        yield return new(name + ": create alone", field.CreateOnly, update is null);
        yield return new(name + ": required by a create", field.RequiredOnCreate, ListSchemas.Requires(schemas.CreateBody, field.Name));
        yield return new(name + ": deprecated", field.Deprecation is not null, Has(schema, "deprecated"));
        yield return new(name + ": values", Join(field.AllowedValues.Concat(field.ReadOnlyValues)), Join(ValuesOf(schema)));
        yield return new(name + ": null in a create", field.Nullable, Has(create, "nullable"));
        yield return new(name + ": least and greatest length", (field.MinLength, field.MaxLength), ((int?)create?["minLength"] ?? 0, (int?)create?["maxLength"]));
        yield return new(name + ": fewest and most items", (field.MinItems, field.MaxItems), ((int?)create?["minItems"] ?? 0, (int?)create?["maxItems"]));
        yield return new(name + ": least and greatest value", (field.Minimum, field.Maximum), ((long?)create?["minimum"], (long?)create?["maximum"]));
        if (update is not null)
        {
            yield return new(name + ": null in an update", field.Nullable && field.NullableInUpdate, Has(update, "nullable"));
        }

        if (replace is not null)
        {
            yield return new(name + ": null in a replacement", field.Nullable, Has(replace, "nullable"));
            yield return new(name + ": required by a replacement", field.RequiredOnReplace, ListSchemas.Requires(schemas.ReplaceBody!, field.Name));
        }
    }

    /// <summary>The list is sorted by what identifies an item for a person, and by its age.</summary>
    private static IEnumerable<Fact> CompareQuery(ListSchemas schemas, ResourceDescriptor table, bool canSort)
    {
        yield return new($"{schemas.Segment}: orders", canSort ? Join(table.MatchKeys.Append("created_at")) : "", Join(schemas.Query.TryGetValue("order", out var order) ? ValuesOf(order) : []));
        foreach (var (name, schema) in schemas.Query.Where(parameter => parameter.Key is not ("page" or "per_page" or "search" or "order" or "direction")))
        {
            var filter = table.GetFilter(name);
            yield return new($"{schemas.Segment}?{name}: values", Join(filter.AllowedValues.Concat(filter.ReadOnlyValues)), Join(ValuesOf(schema)));
        }
    }

    private static string KindOf(FieldDescriptor field) => field.Kind switch
    {
        FieldKind.TextList => "array",
        FieldKind.Choice or FieldKind.Text => "string",
        FieldKind.Timestamp => "date-time",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string? KindOf(JsonObject schema) => (string?)schema["format"] == "date-time" ? "date-time" : (string?)schema["type"];

    private static JsonObject? Writable(Dictionary<string, JsonObject> properties, string name) =>
        properties.TryGetValue(name, out var schema) && !Has(schema, "readOnly") ? schema : null;

    private static bool Has(JsonObject? schema, string mark) => (bool?)schema?[mark] == true;

    private static IEnumerable<string> ValuesOf(JsonObject schema) =>
        ((schema["enum"] ?? schema["items"]?["enum"])?.AsArray() ?? []).Where(value => value is not null).Select(value => (string)value!);

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    /// <summary>One fact of a list, as its table and as the description have it.</summary>
    private sealed record Fact(string Name, string? Table, string? Schema)
    {
        public Fact(string name, object table, object schema)
            : this(name, table.ToString(), schema.ToString())
        {
        }
    }

    /// <summary>What the description has of one list.</summary>
    private sealed class ListSchemas
    {
        private readonly RequestSchemas _schemas;

        public ListSchemas(JsonObject document, string segment)
        {
            _schemas = new RequestSchemas(document);
            Segment = segment;
            var paths = document["paths"]!.AsObject();
            var list = paths[SettingsPath + segment]!;
            var item = paths.Single(path => path.Key.StartsWith(SettingsPath + segment + "/{", StringComparison.Ordinal) && path.Key.EndsWith('}')).Value!;
            CreateBody = BodyOf(list["post"]!)!;
            ReplaceBody = BodyOf(item["put"]);
            Create = PropertiesOf(CreateBody);
            Update = PropertiesOf(BodyOf(item["patch"])!);
            Replace = ReplaceBody is null ? [] : PropertiesOf(ReplaceBody);
            Item = PropertiesOf(_schemas.Find(_schemas.Find(_schemas.Find(item["get"]!["responses"]!["200"])["content"]!["application/json"]!["schema"])["properties"]!["result"]));
            Query = list["get"]!["parameters"]!.AsArray().Select(_schemas.Find)
                .Where(parameter => (string?)parameter["in"] == "query")
                .ToDictionary(parameter => (string)parameter["name"]!, parameter => Whole(parameter["schema"]));
        }

        public string Segment { get; }

        public JsonObject CreateBody { get; }

        public JsonObject? ReplaceBody { get; }

        public Dictionary<string, JsonObject> Create { get; }

        public Dictionary<string, JsonObject> Update { get; }

        public Dictionary<string, JsonObject> Replace { get; }

        public Dictionary<string, JsonObject> Item { get; }

        public Dictionary<string, JsonObject> Query { get; }

        /// <summary>A field where a create has it, or else an answer.</summary>
        public JsonObject? Find(string name) => Create.GetValueOrDefault(name) ?? Item.GetValueOrDefault(name);

        public static bool Requires(JsonObject body, string name) => (body["required"]?.AsArray() ?? []).Any(required => (string?)required == name);

        private JsonObject? BodyOf(JsonNode? operation) => operation is null ? null : _schemas.Find(operation["requestBody"]!["content"]!["application/json"]!["schema"]);

        private Dictionary<string, JsonObject> PropertiesOf(JsonObject schema) =>
            schema["properties"]!.AsObject().ToDictionary(property => property.Key, property => Whole(property.Value));

        private JsonObject Whole(JsonNode? schema)
        {
            var whole = _schemas.Find(schema).DeepClone().AsObject();
            if (whole["items"] is { } items)
            {
                whole["items"] = _schemas.Find(items).DeepClone();
            }

            return whole;
        }
    }
}
