using AclAdmin.Client.CarrierX;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of access control rules, and declares their parameters once.</summary>
public abstract class AccessControlRuleFieldCommand : FieldRowCommand<AccessControlRule>
{
    /// <summary>The numbers, prefixes or expressions.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlRule), "entries")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string[]? Entries { get; set; }

    /// <summary>What is looked at.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlRule), "field")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Field { get; set; }

    /// <summary>How it is compared.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlRule), "operation")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Operation { get; set; }

    /// <summary>How many entries must match.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlRule), "quantifier")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Quantifier { get; set; }

    /// <summary>The rule's name.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlRule), "name")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Name { get; set; }
}
