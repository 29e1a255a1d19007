using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Json.Schema;

namespace AclAdmin.Client.Tests.Description;

/// <summary>
/// Makes JSON Schemas for requests out of the schemas of an OpenAPI 3.0 description, which are a dialect: they have nullable, and readOnly, which makes a
/// property one of answers alone. What the description leaves open is closed: a property that it does not know would pass, misspelt ones included.
/// </summary>
internal sealed class RequestSchemas(JsonObject document)
{
    private static readonly string[] Kept =
        ["additionalProperties", "enum", "format", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minProperties", "minimum", "type", "uniqueItems"];

    /// <summary>The schema of a body or a parameter.</summary>
    /// <param name="schema">The description's schema.</param>
    /// <param name="isBatch">Whether it is the body of a batch, whose items have their ids in them: otherwise an id stands in the path alone.</param>
    public JsonSchema Make(JsonNode schema, bool isBatch = false) => JsonSchema.FromText(Convert(schema, isBatch).ToJsonString());

    /// <summary>What a reference points to, or the node itself. What stands beside a reference counts too: the description sets minProperties that way.</summary>
    public JsonObject Find(JsonNode? node)
    {
        var found = node!.AsObject();
        if ((string?)found["$ref"] is not { } reference)
        {
            return found;
        }

        var target = Find(reference.Split('/').Skip(1).Aggregate((JsonNode)document, (parent, name) => parent[name]!)).DeepClone().AsObject();
        foreach (var (name, value) in found.Where(member => member.Key != "$ref"))
        {
            target[name] = value?.DeepClone();
        }

        return target;
    }

    private JsonObject Convert(JsonNode source, bool isBatch)
    {
        var schema = Find(source);
        var made = new JsonObject();
        foreach (var (name, value) in schema.Where(member => Kept.Contains(member.Key)))
        {
            made[name] = value?.DeepClone();
        }

        if ((bool?)schema["nullable"] == true)
        {
            made["type"] = new JsonArray((string)schema["type"]!, "null");
            if (made["enum"] is JsonArray values && values.All(value => value is not null))
            {
                values.Add(null);
            }
        }

        if (schema["items"] is { } items)
        {
            made["items"] = Convert(items, isBatch);
        }

        if (schema["properties"] is JsonObject properties)
        {
            var required = (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).Distinct().ToArray();
            var written = properties.Where(property => (bool?)Find(property.Value)["readOnly"] != true || (isBatch && property.Key == "id")).ToArray();
            made["properties"] = new JsonObject(written.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Convert(property.Value!, isBatch))));
            made["required"] = new JsonArray([.. required.Where(name => !properties.ContainsKey(name) || written.Any(property => property.Key == name)).Select(name => (JsonNode)name)]);
            made["additionalProperties"] = false;
        }

        return made;
    }
}
