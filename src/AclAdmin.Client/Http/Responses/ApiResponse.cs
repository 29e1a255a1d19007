namespace AclAdmin.Client.Http.Responses;

/// <summary>A good answer.</summary>
/// <param name="statusCode">The HTTP status, 200 to 299.</param>
/// <param name="body">The JSON object; empty where none was expected.</param>
/// <param name="requestId">The service's id for the request; null where the service sent none.</param>
/// <param name="attempts">How often the request was sent.</param>
public sealed class ApiResponse(int statusCode, JsonBody body, string? requestId, int attempts)
{
    /// <summary>The HTTP status, 200 to 299.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>The JSON object; empty where none was expected.</summary>
    public JsonBody Body { get; } = body;

    /// <summary>The service's id for the request; null where the service sent none.</summary>
    public string? RequestId { get; } = requestId;

    /// <summary>How often the request was sent.</summary>
    public int Attempts { get; } = attempts;
}
