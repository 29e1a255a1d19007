using System;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>A run of a cmdlet, as the head of the run in the journal describes it. Where the head is damaged, only the id is known.</summary>
public sealed class AclChangeRun
{
    internal AclChangeRun(string id)
    {
        Id = DisplayText.Whole(id);
    }

    /// <summary>Identifies the run.</summary>
    public string Id { get; }

    /// <summary>When its first change was recorded, in UTC; null where the head is damaged.</summary>
    public DateTime? StartedAt { get; internal set; }

    /// <summary>How it ended: <c>Completed</c>, <c>Failed</c> or <c>Stopped</c>; null where the process died or it is still under way.</summary>
    public string? EndedBy { get; internal set => field = DisplayText.Whole(value); }

    /// <summary>The cmdlet.</summary>
    public string Command { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>The cmdlet with its parameters.</summary>
    public string CommandLine { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>The script that called it; null at a prompt.</summary>
    public string? Script { get; internal set => field = DisplayText.Whole(value); }

    /// <summary>The user of the machine.</summary>
    public string User { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>The machine.</summary>
    public string Host { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>The version of AclAdmin.</summary>
    public string ModuleVersion { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>The name of the connection.</summary>
    public string Connection { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>Cloudflare or CarrierX.</summary>
    public string Service { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>The service's address.</summary>
    public string Address { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>The partner whose lists it changed; null where the service has none, or it was not known.</summary>
    public string? Partner { get; internal set => field = DisplayText.Whole(value); }

    /// <summary>Where its changes belong.</summary>
    public ListOrigin Origin => new(Service, Address, Partner, Connection);

    /// <summary>The process, and when it began: whether a run without an end is still under way.</summary>
    internal (long Id, string StartedAt) Process { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
