using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that removes items of a list that carries out many changes in one request, all of them or none.</summary>
/// <typeparam name="T">What it removes.</typeparam>
public abstract class BatchRemoveCommand<T> : CloudflareRemoveCommand<T>
    where T : ApiResource
{
    /// <summary>How many changes go into one request at most; 1 sends each alone.</summary>
    [Parameter]
    [ValidateRange(1, ResourceBatch.MaxItems)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int BatchSize { get; set; } = ResourceBatch.MaxItems;

    private protected override int MaxBatch => BatchSize;
}
