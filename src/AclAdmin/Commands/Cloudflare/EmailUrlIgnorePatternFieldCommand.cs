namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of URL ignore patterns, and declares their parameters once.</summary>
public abstract class EmailUrlIgnorePatternFieldCommand : CloudflareFieldCommand<EmailUrlIgnorePattern>
{
    /// <summary>The regular expression; 1 to 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("Value")]
    [Field(typeof(EmailUrlIgnorePattern), "pattern"), AllowEmptyString, AllowNull]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string?[]? Pattern { get; set; }

    /// <summary>A note; at most 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("Notes", "Note")]
    [Field(typeof(EmailUrlIgnorePattern), "comments")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Comments { get; set; }
}
