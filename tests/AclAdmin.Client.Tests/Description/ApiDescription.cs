using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AclAdmin.Sandbox;

namespace AclAdmin.Client.Tests.Description;

/// <summary>Cloudflare's own OpenAPI description of the Email Security settings, and what it makes of a request.</summary>
internal sealed class ApiDescription
{
    /// <summary>Why a test is skipped that needs the description.</summary>
    public const string NotFound =
        "Cloudflare's description is not here. It is looked for at ../shared/email-security-settings.openapi.json beside the repository, or where ACLADMIN_OPENAPI names it.";

    private const string BasePath = "/client/v4";

    private readonly Dictionary<string, ApiOperation> _operations = new(StringComparer.Ordinal);

    private ApiDescription(JsonObject document)
    {
        var schemas = new RequestSchemas(document);
        Dictionary<string, ParameterSchema> Schemas(IEnumerable<JsonObject> parameters, string place) => parameters
            .Where(parameter => (string?)parameter["in"] == place)
            .ToDictionary(parameter => (string)parameter["name"]!, parameter => new ParameterSchema((string?)schemas.Find(parameter["schema"])["type"], schemas.Make(parameter["schema"]!)));

        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            var shared = item!["parameters"]?.AsArray() ?? [];
            foreach (var (method, operation) in item.AsObject().Where(member => member.Key != "parameters"))
            {
                var parameters = shared.Concat(operation!["parameters"]?.AsArray() ?? []).Select(schemas.Find).ToArray();
                var body = operation["requestBody"]?["content"]?["application/json"]?["schema"];
                var id = (string)operation["operationId"]!;
                _operations.Add(id, new ApiOperation(id, method.ToUpperInvariant(), path.Split('/'))
                {
                    PathParameters = Schemas(parameters, "path"),
                    QueryParameters = Schemas(parameters, "query"),
                    RequiredQuery = [.. parameters.Where(parameter => (bool?)parameter["required"] == true && (string?)parameter["in"] == "query").Select(parameter => (string)parameter["name"]!)],
                    Body = body is null ? null : schemas.Make(body, path.EndsWith("/batch", StringComparison.Ordinal)),
                });
            }
        }
    }

    /// <summary>The ids of all operations.</summary>
    public IReadOnlyCollection<string> OperationIds => _operations.Keys;

    /// <summary>The file: named by ACLADMIN_OPENAPI, or beside the repository; null where it is neither.</summary>
    public static string? FindFile([CallerFilePath] string source = "")
    {
        if (Environment.GetEnvironmentVariable("ACLADMIN_OPENAPI") is { Length: > 0 } named)
        {
            return named;
        }

        var root = new DirectoryInfo(Path.GetDirectoryName(source)!);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "AclAdmin.sln")))
        {
            root = root.Parent;
        }

        var file = root is null ? null : Path.Combine(root.FullName, "..", "shared", "email-security-settings.openapi.json");
        return File.Exists(file) ? file : null;
    }

    public static ApiDescription Read(string file) => new(JsonNode.Parse(File.ReadAllText(file))!.AsObject());

    /// <summary>The operation with an id.</summary>
    public ApiOperation this[string operationId] => _operations[operationId];

    /// <summary>The operation that a request is; null where it is none.</summary>
    public ApiOperation? Match(LoggedRequest request) => !request.Path.StartsWith(BasePath + "/", StringComparison.Ordinal)
        ? null
        : _operations.Values
            .Where(operation => operation.Method == request.Method && operation.Matches(request.Path[BasePath.Length..].Split('/')))
            .MaxBy(operation => operation.Literals);
}
