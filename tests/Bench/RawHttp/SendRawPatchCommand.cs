using System;
using System.Management.Automation;
using System.Threading;

namespace AclAdmin.Bench;

/// <summary>
/// The least that a cmdlet can be that does the same work: takes rows from the pipeline, reads the two columns that it is told of, and hands them to
/// <see cref="RawPatcher"/>. It looks at no answer, and bad rows are not its business. What it takes longer than the bare loop is the engine's.
/// </summary>
[Cmdlet(VerbsCommunications.Send, "RawPatch")]
public sealed class SendRawPatchCommand : PSCmdlet, IDisposable
{
    private SemaphoreSlim? _room;

    /// <summary>A row with the columns <c>id</c> and <c>comments</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = new();

    /// <summary>Sends.</summary>
    [Parameter(Mandatory = true)]
    public RawPatcher? Patcher { get; set; }

    /// <summary>What ids are put behind.</summary>
    [Parameter(Mandatory = true)]
    public string Path { get; set; } = "";

    /// <summary>How many requests are under way at once.</summary>
    [Parameter]
    public int ThrottleLimit { get; set; } = 4;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _room = new SemaphoreSlim(ThrottleLimit);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var id = InputObject.Properties["id"].Value;
        var comments = InputObject.Properties["comments"].Value;
        _room!.Wait();
        _ = Patcher!.SendAsync($"{Path}/{id}", $"{{\"comments\":\"{comments}\"}}", _room);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        for (var left = ThrottleLimit; left > 0; left--)
        {
            _room!.Wait();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _room?.Dispose();
}
