using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that brings a list into the state that rows describe, where the list carries out many changes in one request, all of them or none.</summary>
/// <typeparam name="T">The items of the list.</typeparam>
public abstract class BatchSyncCommand<T> : CloudflareSyncCommand<T>
    where T : ApiResource
{
    /// <summary>How many changes go into one request at most; 1 sends each alone.</summary>
    [Parameter]
    [ValidateRange(1, ResourceBatch.MaxItems)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int BatchSize { get; set; } = ResourceBatch.MaxItems;

    private protected override int MaxBatch => BatchSize;
}
