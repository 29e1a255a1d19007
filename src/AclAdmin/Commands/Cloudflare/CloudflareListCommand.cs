using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Resources;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that reads a list of the Email Security settings: the id and the account stand here, once.</summary>
/// <typeparam name="T">What it reads.</typeparam>
public abstract class CloudflareListCommand<T> : ListCommand<T>
    where T : ApiResource
{
    /// <summary>The item's id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdSet)]
    [PipedId]
    [Alias("impersonation_registry_id", "display_name_id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The account; without it, the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("account_id")]
    public string? AccountId { get; set; }

    private protected override string? Account => AccountId;
}
