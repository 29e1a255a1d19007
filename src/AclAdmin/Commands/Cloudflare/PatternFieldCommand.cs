using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of items that are patterns of mail, and declares the parameters of the shared fields once.</summary>
/// <typeparam name="T">What it writes.</typeparam>
public abstract class PatternFieldCommand<T> : BatchFieldCommand<T>
    where T : ApiResource
{
    /// <summary>The address, domain or IP address, or an expression for it; 1 to 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("Value")]
    [Field("pattern"), AllowEmptyString, AllowNull]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string?[]? Pattern { get; set; }

    /// <summary>Whether the pattern is a regular expression.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("is_regex")]
    [Field("is_regex")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsRegex { get; set; }

    /// <summary>A note; at most 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("Notes", "Note")]
    [Field("comments")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Comments { get; set; }
}

/// <summary>A cmdlet that writes fields of patterns that have a type.</summary>
/// <typeparam name="T">What it writes.</typeparam>
public abstract class TypedPatternFieldCommand<T> : PatternFieldCommand<T>
    where T : ApiResource
{
    /// <summary>What the pattern is: EMAIL, DOMAIN or IP.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("pattern_type")]
    [Field("pattern_type")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? PatternType { get; set; }
}
