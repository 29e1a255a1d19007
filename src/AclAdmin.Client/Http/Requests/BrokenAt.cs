namespace AclAdmin.Client.Http.Requests;

/// <summary>Where a request failed that got no answer.</summary>
public enum BrokenAt
{
    /// <summary>After it may have been sent, or it was answered.</summary>
    Exchange,

    /// <summary>When the connection was made: refused, or no way there.</summary>
    Connect,

    /// <summary>When the name of the service was looked up.</summary>
    NameLookup,

    /// <summary>When the service proved who it is: its certificate is not accepted.</summary>
    Certificate,

    /// <summary>When the connection was encrypted.</summary>
    Handshake,

    /// <summary>At the proxy.</summary>
    Proxy,

    /// <summary>Before it was sent: the connection waits for an outage or a limit to end.</summary>
    NotSent,
}
