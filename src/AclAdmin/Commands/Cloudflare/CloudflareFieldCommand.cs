using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of items of the Email Security settings, and declares the account's parameter once.</summary>
/// <typeparam name="T">What it writes.</typeparam>
[RequiresPermission(CloudflarePermissions.Write)]
public abstract class CloudflareFieldCommand<T> : FieldRowCommand<T>
    where T : ApiResource
{
    /// <summary>The account; without it, the connection's.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("account_id")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? AccountId { get; set; }

    private protected override string? Account => AccountId;
}
