using System;
using System.Linq;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>Reads the envelope around the result of Cloudflare's answers: the only place that knows it.</summary>
internal static class CloudflareEnvelope
{
    /// <summary>Whether the envelope has a result object, which its schema does not promise.</summary>
    public static bool HasResult(ApiResponse answer) => answer.Body.HasObject("result");

    /// <summary>The result object; null where the envelope has none.</summary>
    public static JObject? ReadResult(ApiResponse answer) => answer.Body.Tree["result"] as JObject;

    /// <summary>The result of a list.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: it is not a list.</exception>
    public static Page<T> ReadPage<T>(ApiRequest request, ApiResponse answer, Func<JObject, T> read)
    {
        var body = answer.Body.Tree;
        if (body["result"] is not JArray items)
        {
            throw MissingResult(request, answer);
        }

        var info = body["result_info"] as JObject;
        return new Page<T>(ListedItems.Read(items, request, answer, "Cloudflare").Select(read).ToArray(), PageNumbers.ReadTotal(info?["total_count"]), PageNumbers.ReadSize(info?["per_page"]), HasMore: null);
    }

    /// <summary>The error for an answer without the result that it promised.</summary>
    public static AclException MissingResult(ApiRequest request, ApiResponse answer) => new(
        ErrorKind.UnexpectedResponse,
        $"{request} on Cloudflare was answered with {answer.StatusCode} and success, but without the result that belongs there.",
        "Try again; if it stays, report it to Cloudflare with the request id.")
    {
        StatusCode = answer.StatusCode,
        RequestId = answer.RequestId,
        Attempts = answer.Attempts,
    };
}
