using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Http;

/// <summary>Says what an answer is: the one place that maps statuses and bodies to outcomes.</summary>
internal static class AnswerClassifier
{
    private const int TooManyRequests = 429;
    private const int MaxMessageCharacters = 2000;

    /// <summary>Statuses after which another try may go better; the services document none, so these are the ones that HTTP means that way.</summary>
    private static readonly HashSet<int> TransientStatuses = [408, TooManyRequests, 500, 502, 503, 504];

    public static AttemptResult Classify(
        ServiceProfile service, ApiRequest request, HttpResponseMessage response, byte[] body, int attempt, Redactor redactor, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var requestId = service.RequestIdHeader is { } name && response.Headers.TryGetValues(name, out var ids) ? Redact(ids.FirstOrDefault(), redactor) : null;
        var json = ReadObject(body);

        if (response.IsSuccessStatusCode)
        {
            if (request.Expected == ExpectedAnswer.Nothing && body.Length == 0)
            {
                return new AttemptResult(new ApiAnswer(status, new JObject(), requestId, attempt));
            }

            var success = json is null ? null : service.ReportsSuccess(json);
            if (success is null)
            {
                // Something between here and the service answered in its place, or the answer was cut off.
                var what = json is null ? DescribeBody(response, body) : "a foreign one";
                return new AttemptResult(new AttemptFailure(ErrorKind.UnexpectedResponse, redactor.Redact($"{status} with {what} instead of the promised JSON object"))
                {
                    IsTransient = true,
                    StatusCode = status,
                    RequestId = requestId,
                });
            }

            if (success.Value)
            {
                return new AttemptResult(new ApiAnswer(status, json!, requestId, attempt));
            }
        }

        var errors = json is null ? [] : service.ReadErrors(json).Select(error => Redact(error, redactor)).ToArray();
        var retryAfter = RetryPolicy.ReadRetryAfter(response.Headers, now);
        var kind = FindKind(service, status, errors, json is not null);
        return new AttemptResult(new AttemptFailure(kind, redactor.Redact($"{status} {response.ReasonPhrase}".TrimEnd()))
        {
            IsTransient = TransientStatuses.Contains(status),
            WasRefused = status == TooManyRequests || (status == 503 && retryAfter is not null),
            StatusCode = status,
            RetryAfter = retryAfter,
            ApiErrors = errors,
            RequestId = requestId,
        });
    }

    private static ErrorKind FindKind(ServiceProfile service, int status, IReadOnlyList<ApiError> errors, bool readable)
    {
        if (status == 401 || service.RefusesCredential(errors))
        {
            return ErrorKind.AuthenticationFailed;
        }

        return status switch
        {
            400 or 422 => ErrorKind.ValidationFailed,
            403 => ErrorKind.PermissionDenied,
            404 => ErrorKind.NotFound,
            409 => ErrorKind.Conflict,
            TooManyRequests => ErrorKind.RateLimited,
            >= 300 and < 400 => ErrorKind.UnexpectedResponse,
            _ => readable ? ErrorKind.ApiError : ErrorKind.UnexpectedResponse,
        };
    }

    /// <summary>The body as a JSON object; null when it is HTML, empty, <c>null</c>, an array, cut off, or anything else.</summary>
    private static JObject? ReadObject(byte[] body)
    {
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            using var reader = new JsonTextReader(new StreamReader(new MemoryStream(body), Encoding.UTF8))
            {
                // Times stay as the service wrote them, and a number keeps its digits.
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = 64,
            };
            var token = JToken.ReadFrom(reader);
            return reader.Read() ? null : token as JObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string DescribeBody(HttpResponseMessage response, byte[] body) =>
        body.Length == 0 ? "an empty body" : $"{body.Length:#,0} bytes of {response.Content.Headers.ContentType?.MediaType ?? "unknown content"}";

    private static ApiError Redact(ApiError error, Redactor redactor) =>
        new(Redact(error.Code, redactor), redactor.Redact(error.Message, MaxMessageCharacters), Redact(error.Pointer, redactor), Redact(error.DocumentationUrl, redactor));

    private static string? Redact(string? text, Redactor redactor) => text is null ? null : redactor.Redact(text, MaxMessageCharacters);
}
