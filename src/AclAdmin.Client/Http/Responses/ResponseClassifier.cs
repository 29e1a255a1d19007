using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Http.Responses;

/// <summary>Says what an answer is: the one place that maps statuses and bodies to outcomes.</summary>
internal static class ResponseClassifier
{
    private const int TooManyRequests = 429;
    private const int MaxMessageCharacters = 2000;

    /// <summary>Statuses after which another try may go better; the services document none, so these are the ones that HTTP means that way.</summary>
    private static readonly HashSet<int> TransientStatuses = [408, TooManyRequests, 500, 502, 503, 504];

    public static AttemptResult Classify(
        ServiceProfile service, ApiRequest request, HttpResponseMessage response, byte[] body, int attempt, Redactor redactor, DateTimeOffset now)
    {
        // What was read is about to be looked into; what was written mostly is not.
        var json = request.Method == HttpMethod.Get ? JsonBody.Load(body) : JsonBody.Read(body);
        return response.IsSuccessStatusCode
            && ReadSuccess(service, request, response, body, json, attempt, redactor) is { } answer
            ? answer
            : ReadRefusal(service, response, json, redactor, now);
    }

    /// <summary>What a 2xx answer is; null where its body says that the request failed.</summary>
    private static AttemptResult? ReadSuccess(
        ServiceProfile service, ApiRequest request, HttpResponseMessage response, byte[] body, JsonBody? json, int attempt, Redactor redactor)
    {
        var status = (int)response.StatusCode;
        var requestId = ReadRequestId(service, response, redactor);
        if (request.Expected == ExpectedResponse.Nothing && body.Length == 0)
        {
            return new AttemptResult(new ApiResponse(status, JsonBody.Empty, requestId, attempt));
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

        return success.Value ? new AttemptResult(new ApiResponse(status, json!, requestId, attempt)) : null;
    }

    private static AttemptResult ReadRefusal(
        ServiceProfile service, HttpResponseMessage response, JsonBody? json, Redactor redactor, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var errors = json is null ? [] : service.ReadErrors(json.Tree).Select(error => Redact(error, redactor)).ToArray();
        var retryAfter = RetryAfterHeader.Read(response.Headers, now);
        var kind = FindKind(service, status, errors, json is not null);
        return new AttemptResult(new AttemptFailure(kind, redactor.Redact($"{status} {response.ReasonPhrase}".TrimEnd()))
        {
            IsTransient = TransientStatuses.Contains(status),
            WasRefused = status == TooManyRequests || (status == 503 && retryAfter is not null),
            StatusCode = status,
            RetryAfter = retryAfter,
            ApiErrors = errors,
            RequestId = ReadRequestId(service, response, redactor),
        });
    }

    private static string? ReadRequestId(ServiceProfile service, HttpResponseMessage response, Redactor redactor) =>
        service.RequestIdHeader is { } name && response.Headers.TryGetValues(name, out var ids) ? Redact(ids.FirstOrDefault(), redactor) : null;

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

    private static string DescribeBody(HttpResponseMessage response, byte[] body) =>
        body.Length == 0 ? "an empty body" : $"{body.Length:#,0} bytes of {response.Content.Headers.ContentType?.MediaType ?? "unknown content"}";

    private static ApiError Redact(ApiError error, Redactor redactor) =>
        new(Redact(error.Code, redactor), redactor.Redact(error.Message, MaxMessageCharacters), Redact(error.Pointer, redactor), Redact(error.DocumentationUrl, redactor))
        {
            Chain = error.Chain.Select(link => Redact(link, redactor)).ToArray(),
        };

    private static string? Redact(string? text, Redactor redactor) => text is null ? null : redactor.Redact(text, MaxMessageCharacters);
}
