namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of content policies, and declares their parameters once.</summary>
public abstract class EmailContentPolicyFieldCommand : BatchFieldCommand<EmailContentPolicy>
{
    /// <summary>The name of the policy; 1 to 256 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailContentPolicy), "name")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Name { get; set; }

    /// <summary>Whether the policy is in force.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailContentPolicy), "enabled")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? Enabled { get; set; }

    /// <summary>The regular expression; 1 to 2,048 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailContentPolicy), "pattern")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Pattern { get; set; }

    /// <summary>Where the expression is searched for: SUBJECT, BODY.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailContentPolicy), "targets")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string[]? Targets { get; set; }

    /// <summary>A note; at most 4,096 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailContentPolicy), "notes")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Notes { get; set; }

    /// <summary>When the policy ends.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("expires_at")]
    [Field(typeof(EmailContentPolicy), "expires_at")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? ExpiresAt { get; set; }
}
