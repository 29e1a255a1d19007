using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that reads a list of patterns of mail, and declares the shared parameters for filters and order once.</summary>
/// <typeparam name="T">What it reads.</typeparam>
public abstract class PatternListCommand<T> : CloudflareSortedListCommand<T>
    where T : ApiResource
{
    /// <summary>Only those with this pattern.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Field("pattern")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Pattern { get; set; }

    /// <summary>The field that the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Pattern", "CreatedAt")]
    public string? OrderBy { get; set; }

    private protected override string? Order => OrderBy;
}

/// <summary>A cmdlet that reads a list of patterns that have a type.</summary>
/// <typeparam name="T">What it reads.</typeparam>
public abstract class TypedPatternListCommand<T> : PatternListCommand<T>
    where T : ApiResource
{
    /// <summary>Only those of this type of pattern.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("pattern_type")]
    [Field("pattern_type")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? PatternType { get; set; }
}
