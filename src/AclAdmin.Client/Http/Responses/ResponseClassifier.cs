using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Http.Responses;

/// <summary>Classifies an answer: the only place that maps statuses and bodies to outcomes.</summary>
internal static class ResponseClassifier
{
    private const int TooManyRequests = 429;
    private const int MaxMessageCharacters = 2000;
    private const int MaxNameCharacters = 200;
    private const int MaxErrors = 50;

    /// <summary>
    /// Whether another try may go better after a status. The services document none, so these are the ones that HTTP means that way, and those that
    /// Cloudflare's own edge answers with (520 to 530) when it gets no good answer of what stands behind it.
    /// </summary>
    private static bool IsTransient(int status) => status is 408 or TooManyRequests or 500 or 502 or 503 or 504 or (>= 520 and <= 530);

    public static AttemptResult Classify(
        ServiceProfile service, ApiRequest request, HttpResponseMessage response, byte[] body, int attempt, Redactor redactor, IClock clock)
    {
        // What was read is about to be looked into; what was written mostly is not.
        var json = request.Method == HttpMethod.Get ? JsonBody.Load(body) : JsonBody.Read(body);
        return response.IsSuccessStatusCode
            && ReadSuccess(service, request, response, body, json, attempt, redactor) is { } answer
            ? answer
            : ReadContradiction(service, request, response, json, redactor) ?? ReadRefusal(service, response, json, redactor, clock);
    }

    /// <summary>A write that is refused by the status and carried out by the body: neither is believed.</summary>
    private static AttemptResult? ReadContradiction(ServiceProfile service, ApiRequest request, HttpResponseMessage response, JsonBody? json, Redactor redactor) =>
        request.IsRead || request.IsSecret || response.IsSuccessStatusCode || json is null || !service.ShowsResult(json)
            ? null
            : new AttemptResult(new AttemptFailure(ErrorKind.UnexpectedResponse, $"{(int)response.StatusCode} with a body that reports success")
            {
                AnswerIsLost = true,
                StatusCode = (int)response.StatusCode,
                RequestId = ReadRequestId(service, response, redactor),
                Advice = "Read the present state before you run the row again.",
            });

    /// <summary>What an answer is whose body is not read.</summary>
    /// <param name="service">The service.</param>
    /// <param name="response">The answer.</param>
    /// <param name="what">Why not.</param>
    /// <param name="redactor">Removes secrets.</param>
    /// <param name="clock">The time to go by.</param>
    public static AttemptResult ClassifyUnread(ServiceProfile service, HttpResponseMessage response, string what, Redactor redactor, IClock clock) =>
        response.IsSuccessStatusCode
            ? new AttemptResult(new AttemptFailure(ErrorKind.UnexpectedResponse, $"{(int)response.StatusCode} with {what}")
            {
                // It would be no smaller at another try.
                AnswerIsLost = true,
                StatusCode = (int)response.StatusCode,
                RequestId = ReadRequestId(service, response, redactor),
            })
            : ReadRefusal(service, response, json: null, redactor, clock);

    /// <summary>What a 2xx answer is; null where its body reports that the request failed.</summary>
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
            return new AttemptResult(new AttemptFailure(ErrorKind.UnexpectedResponse, Show($"{status} with {what} instead of the promised JSON object", redactor, MaxMessageCharacters))
            {
                IsTransient = true,
                StatusCode = status,
                RequestId = requestId,
            });
        }

        return success.Value ? new AttemptResult(new ApiResponse(status, json!, requestId, attempt)) : null;
    }

    private static AttemptResult ReadRefusal(
        ServiceProfile service, HttpResponseMessage response, JsonBody? json, Redactor redactor, IClock clock)
    {
        var status = (int)response.StatusCode;
        var errors = json is null ? [] : service.ReadErrors(json.Tree).Take(MaxErrors).Select(error => Redact(error, redactor)).ToArray();
        var retryAfter = RetryAfterHeader.Read(response.Headers, clock.UtcNow);
        var kind = FindKind(service, status, errors, json is not null);
        return new AttemptResult(new AttemptFailure(kind, Show($"{status} {response.ReasonPhrase}".TrimEnd(), redactor, MaxNameCharacters))
        {
            IsTransient = IsTransient(status),
            AsksToSlowDown = status == TooManyRequests || (status == 503 && retryAfter is not null),
            ProvesNotExecuted = status == TooManyRequests,
            StatusCode = status,
            IsWrongAddress = json is null || service.ReportsSuccess(json) is null || service.ReportsNoRoute(errors),
            RetryAfter = retryAfter,
            ApiErrors = errors,
            RequestId = ReadRequestId(service, response, redactor),
        });
    }

    private static string? ReadRequestId(ServiceProfile service, HttpResponseMessage response, Redactor redactor) =>
        service.RequestIdHeader is { } name && response.Headers.TryGetValues(name, out var ids) ? ShowName(ids.FirstOrDefault(), redactor) : null;

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
        body.Length == 0 ? "an empty body" : FormattableString.Invariant($"{body.Length:#,0} bytes of {response.Content.Headers.ContentType?.MediaType ?? "unknown content"}");

    private static ApiError Redact(ApiError error, Redactor redactor) =>
        new(
            ShowName(error.Code, redactor),
            Show(error.Message, redactor, MaxMessageCharacters),
            ShowName(error.Pointer, redactor),
            error.DocumentationUrl is { } url ? Show(url, redactor, MaxMessageCharacters) : null)
        {
            Chain = error.Chain.Select(link => Redact(link, redactor)).ToArray(),
        };

    private static string? ShowName(string? text, Redactor redactor) => text is null ? null : Show(text, redactor, MaxNameCharacters);

    /// <summary>A text of the service, without secrets and fit to be shown. What is cut is cut by the redactor, which leaves no half of a secret.</summary>
    private static string Show(string text, Redactor redactor, int maxLength) => DisplayText.Of(redactor.Redact(text, maxLength), maxLength + 1);
}
