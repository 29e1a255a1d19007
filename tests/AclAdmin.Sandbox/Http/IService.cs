namespace AclAdmin.Sandbox.Http;

/// <summary>One of the two services, as the gateway sees it.</summary>
internal interface IService
{
    /// <summary>Its name in the log.</summary>
    string Name { get; }

    /// <summary>Counts the request against a limit; an answer here refuses it before anything else is looked at.</summary>
    Answer? Admit(Exchange exchange);

    /// <summary>Answers the request, and applies what it asks for.</summary>
    Answer Handle(Exchange exchange);

    /// <summary>An error in the service's own form.</summary>
    Answer Error(int status, string message);

    /// <summary>Adds the headers that every answer of the service carries.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="answer">The answer to complete.</param>
    /// <param name="staged">Whether a fault made the answer.</param>
    void Complete(Exchange exchange, Answer answer, bool staged);
}
