using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that brings a list of the Email Security settings into the state that rows describe, and declares the account's parameter once.</summary>
/// <typeparam name="T">The items of the list.</typeparam>
[RequiresPermission(CloudflarePermissions.Write)]
public abstract class CloudflareSyncCommand<T> : SyncCommand<T>
    where T : ApiResource
{
    /// <summary>The account; without it, that of the rows, or the connection's. It accepts no script block, as a run keeps one list.</summary>
    [Parameter]
    [Alias("account_id")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? AccountId { get; set; }

    private protected override string? Account => AccountId;
}
