using System.Linq;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.CarrierX;
using AclAdmin.Completion;
using AclAdmin.Surfaces;

namespace AclAdmin.Commands;

/// <summary>Reads access control rules, by sid or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "AccessControlRule", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlRuleClient.ReadScope)]
public sealed class GetAccessControlRuleCommand : ListCommand<AccessControlRule>
{
    /// <summary>The rule's sid.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdSet)]
    [Alias("rule_sid", "sid", "id")]
    [ArgumentCompleter(typeof(RuleSidCompleter))]
    public string[] RuleSid { get; set; } = [];

    /// <summary>Only rules with such a name; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    public string? Name { get; set; }

    /// <summary>Only rules that look at this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RuleField("field")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Field { get; set; }

    /// <summary>Only rules that compare this way.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RuleField("operation")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Operation { get; set; }

    /// <summary>Only rules with this quantifier.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RuleField("quantifier")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Quantifier { get; set; }


    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByIdSet)
        {
            WriteById(RuleSid);
            return;
        }

        var query = AccessControlRuleClient.Query(ToLikePattern(Name), Field, Operation, Quantifier);
        var pattern = Name is null ? null : WildcardPattern.Get(Name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        WriteList(query, pattern is null ? null : rule => pattern.IsMatch(rule.Name ?? ""));
    }

    private protected override ResourceSurface<AccessControlRule> Surface => RuleSurface.Instance;

    /// <summary>
    /// The pattern as CarrierX writes it, so that less comes over the wire. What its <c>like</c> has no word for is left to the check here:
    /// the names are matched again in any case, as its case rules are not documented.
    /// </summary>
    private static string? ToLikePattern(string? wildcard) =>
        wildcard is null || wildcard.Any(character => "?[]`\"'%_\\".Contains(character)) || wildcard.Any(char.IsLetter) ? null : wildcard.Replace('*', '%');
}
