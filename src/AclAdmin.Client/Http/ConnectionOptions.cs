using System;
using System.Net;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Http;

/// <summary>The options of a connection.</summary>
public sealed class ConnectionOptions
{
    /// <summary>The memory that reading one list may take, unless specified otherwise, in MiB: some 300,000 items of a dozen fields.</summary>
    public const int DefaultMaxReadMegabytes = 1024;

    /// <summary>How long one try may take, unless specified otherwise.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(100);

    /// <summary>A base address other than the service's public one: https, or this machine. Null for the public one.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>The account that requests are for unless a row specifies another.</summary>
    public string? AccountId { get; init; }

    /// <summary>How long one try may take, from sending to the last byte of the answer.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How often and after how long a request is sent again.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>A custom limit, which leaves room for others: requests a minute. Null for none.</summary>
    public int? MaxRequestsPerMinute { get; init; }

    /// <summary>About how much memory reading one list may take, in MiB, 1 or more. A list that takes more is an error.</summary>
    public int MaxReadMegabytes { get; init; } = DefaultMaxReadMegabytes;

    /// <summary>
    /// The proxy to go through, http or https; null for the system's. A user and a password in the address are its credential. An address of this machine
    /// over http never uses a proxy.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>What <see cref="Proxy"/>, or the system's proxy, is given on request; takes precedence over what the address holds.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Whether no proxy is used, whatever the system specifies.</summary>
    public bool NoProxy { get; init; }

    /// <summary>
    /// The journal of changes that are made through the connection, unless a call specifies another; empty for none, null for the environment's.
    /// </summary>
    public string? JournalPath { get; init; }

    /// <summary>The time to go by.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;
}
