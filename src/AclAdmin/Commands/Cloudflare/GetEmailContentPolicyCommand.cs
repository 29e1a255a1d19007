namespace AclAdmin.Commands;

/// <summary>Reads content policies, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailContentPolicy", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[Alias("Get-EmailBlockedContent")]
[OutputType(typeof(EmailContentPolicy))]
public sealed class GetEmailContentPolicyCommand : CloudflareSortedListCommand<EmailContentPolicy>
{
    /// <summary>Only policies with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Filter(typeof(EmailContentPolicy), "enabled")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? Enabled { get; set; }

    /// <summary>Only the policies with exactly this name.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Filter(typeof(EmailContentPolicy), "name")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Name { get; set; }

    /// <summary>The field that the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Name", "CreatedAt")]
    public string? OrderBy { get; set; }

    private protected override string? Order => OrderBy;
}
