using System.Collections.Generic;
using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that removes items of the Email Security settings, and declares the parameters for id and account once.</summary>
/// <typeparam name="T">What it removes.</typeparam>
[RequiresPermission(CloudflarePermissions.Write)]
public abstract class CloudflareRemoveCommand<T> : RemoveCommand<T>
    where T : ApiResource
{
    /// <summary>The item's id. Its aliases are its names in the paths of all lists, as all lists share this parameter.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArgumentSet)]
    [Parameter(ParameterSetName = RowSet)]
    [IdArgument]
    [Alias("impersonation_registry_id", "display_name_id", "policy_id", "pattern_id", "trusted_domain_id", "sending_domain_restriction_id", "domain_id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? Id { get; set; } = [];

    /// <summary>The account; without it, the connection's.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("account_id")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? AccountId { get; set; }

    private protected override IReadOnlyList<string?> Ids => Id ?? [];

    private protected override string? Account => AccountId;
}
