using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using AclAdmin.Sandbox;
using Json.Schema;

namespace AclAdmin.Client.Tests.Description;

/// <summary>A parameter of a path or a query: its type, which tells what its text stands for, and its schema.</summary>
internal sealed record ParameterSchema(string? Type, JsonSchema Schema)
{
    public JsonNode? Read(IReadOnlyList<string> texts) => Type switch
    {
        "array" => new JsonArray([.. texts.Select(text => (JsonNode)text)]),
        "integer" when long.TryParse(texts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        "boolean" when texts[0] is "true" or "false" => texts[0] == "true",
        _ => texts[0],
    };
}

/// <summary>One operation of the description.</summary>
internal sealed class ApiOperation(string id, string method, string[] template)
{
    // Formats are only notes unless a validator is asked to check them, and an id that is no uuid is a mistake here.
    private static readonly EvaluationOptions Options = new() { RequireFormatValidation = true, OutputFormat = OutputFormat.List };

    public string Id => id;

    public string Method => method;

    public required IReadOnlyDictionary<string, ParameterSchema> PathParameters { get; init; }

    public required IReadOnlyDictionary<string, ParameterSchema> QueryParameters { get; init; }

    public required IReadOnlyList<string> RequiredQuery { get; init; }

    /// <summary>The schema of the body; null where the operation has none.</summary>
    public required JsonSchema? Body { get; init; }

    /// <summary>How many segments of the path are fixed: of two operations that match a path, the one with more is meant.</summary>
    public int Literals => template.Count(segment => !IsParameter(segment));

    public bool Matches(string[] path) => path.Length == template.Length && template.Zip(path).All(pair => IsParameter(pair.First) || pair.First == pair.Second);

    /// <summary>What the description has against a request that matches.</summary>
    public IEnumerable<string> Validate(LoggedRequest request) =>
        [.. CheckPath(request.Path.Split('/')), .. CheckQuery(request.Query), .. CheckBody(request)];

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private IEnumerable<string> CheckPath(string[] path) => template.Zip(path[^template.Length..])
        .Where(pair => IsParameter(pair.First))
        .Select(pair => (Name: pair.First.Trim('{', '}'), Value: Uri.UnescapeDataString(pair.Second)))
        .SelectMany(parameter => Check(PathParameters[parameter.Name].Schema, parameter.Value, $"path {parameter.Name}"));

    private IEnumerable<string> CheckQuery(string query)
    {
        var sent = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToLookup(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]));
        foreach (var name in RequiredQuery.Where(name => !sent.Contains(name)))
        {
            yield return $"query {name}: missing";
        }

        foreach (var parameter in sent)
        {
            if (!QueryParameters.TryGetValue(parameter.Key, out var known))
            {
                yield return $"query {parameter.Key}: not in the description";
                continue;
            }

            var texts = parameter.ToArray();
            var problems = known.Type != "array" && texts.Length > 1 ? ["sent more than once"] : Check(known.Schema, known.Read(texts), "");
            foreach (var problem in problems)
            {
                yield return $"query {parameter.Key}{problem}";
            }
        }
    }

    private IEnumerable<string> CheckBody(LoggedRequest request)
    {
        if (Body is null)
        {
            return request.Body.Length == 0 ? [] : ["body: the operation has none"];
        }

        return !request.Headers.TryGetValue("content-type", out var type) || !type.StartsWith("application/json", StringComparison.Ordinal)
            ? [$"content type: '{type}'"]
            : Check(Body, JsonNode.Parse(request.Body), "body ");
    }

    private static IEnumerable<string> Check(JsonSchema schema, JsonNode? value, string where)
    {
        using var document = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        var result = schema.Evaluate(document.RootElement, Options);
        return result.IsValid
            ? []
            : [.. (result.Details ?? []).Where(detail => detail.Errors is not null)
                .SelectMany(detail => detail.Errors!.Select(error => $"{where}{detail.InstanceLocation}: {error.Value}")).DefaultIfEmpty($"{where}: invalid")];
    }
}
