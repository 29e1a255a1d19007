using System;
using System.Collections.Generic;
using System.Globalization;
using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>
/// A cmdlet that reads a list of the Email Security settings, and declares the parameters for id, account and paging once. Its filters are its parameters that
/// stand for a field or a filter.
/// </summary>
/// <typeparam name="T">What it reads.</typeparam>
[RequiresPermission(CloudflarePermissions.Read)]
public abstract class CloudflareListCommand<T> : ListCommand<T>
    where T : ApiResource
{
    /// <summary>The item's id. Its aliases are its names in the paths of all lists, as all lists share this parameter.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdSet)]
    [PipedId]
    [Parameter(Position = 0, ParameterSetName = MatchSet)]
    [Alias("impersonation_registry_id", "display_name_id", "policy_id", "pattern_id", "trusted_domain_id", "sending_domain_restriction_id", "domain_id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The account; without it, the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("account_id")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? AccountId { get; set; }

    private protected override IReadOnlyList<string> Ids => Id;

    private protected override string? Account => AccountId;

    private protected sealed override void WriteList() => WriteList(CreateQuery());

    /// <summary>The query of the list.</summary>
    private protected virtual ListQuery CreateQuery()
    {
        var query = new ListQuery();
        foreach (var filter in FieldParameter.Of(GetType()))
        {
            foreach (var value in ValuesOf(filter.ValueIn(this)))
            {
                query.Filter(filter.Field.Name, value);
            }
        }

        return query;
    }

    /// <summary>A filter's value as the query contains it; several for a filter that the service accepts several times.</summary>
    private static string[] ValuesOf(object? value) => value switch
    {
        null => [],
        bool flag => [flag ? "true" : "false"],
        string[] several => several,
        _ => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
    };
}

/// <summary>A cmdlet that reads a list which the service searches and sorts.</summary>
/// <typeparam name="T">What it reads.</typeparam>
public abstract class CloudflareSortedListCommand<T> : CloudflareListCommand<T>
    where T : ApiResource
{
    /// <summary>A text that the service searches for.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Search { get; set; }

    /// <summary>Reverses the order.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Descending { get; set; }

    /// <summary>The field that the service sorts by, as the parameter spells it: <c>CreatedAt</c>; null for the service's own order.</summary>
    private protected abstract string? Order { get; }

    /// <inheritdoc/>
    private protected override ListQuery CreateQuery() => base.CreateQuery()
        .Filter("search", Search)
        .Sort("order", string.Equals(Order, "CreatedAt", StringComparison.OrdinalIgnoreCase) ? "created_at" : Order?.ToLowerInvariant())
        .Sort("direction", Descending ? "desc" : Order is null ? null : "asc");
}
