namespace AclAdmin.Client.Http.Pacing;

/// <summary>What became of a request that had its turn.</summary>
public enum TurnOutcome
{
    /// <summary>There was an answer that is no refusal for sending too much.</summary>
    Answered,

    /// <summary>The service asked to slow down.</summary>
    Refused,

    /// <summary>There was no answer, or it was not waited for.</summary>
    Unanswered,
}
