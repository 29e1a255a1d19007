namespace AclAdmin.Client.Http.Responses;

/// <summary>An answer or a failure.</summary>
internal readonly struct AttemptResult
{
    public AttemptResult(ApiResponse response)
    {
        Response = response;
        Failure = null;
    }

    public AttemptResult(AttemptFailure failure)
    {
        Response = null;
        Failure = failure;
    }

    public ApiResponse? Response { get; }

    public AttemptFailure? Failure { get; }
}
