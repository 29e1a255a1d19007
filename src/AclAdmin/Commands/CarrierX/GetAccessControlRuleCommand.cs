using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.CarrierX;

namespace AclAdmin.Commands;

/// <summary>Reads access control rules, by sid or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "AccessControlRule", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlScopes.Read)]
public sealed class GetAccessControlRuleCommand : ListCommand<AccessControlRule>
{
    /// <summary>The rule's sid.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdSet)]
    [PipedId]
    [Parameter(Position = 0, ParameterSetName = MatchSet)]
    [Alias("rule_sid", "sid", "id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] RuleSid { get; set; } = [];

    /// <summary>Only rules with such a name; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Name { get; set; }

    /// <summary>Only rules that compare this part of a call or message.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Field(typeof(AccessControlRule), "field")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Field { get; set; }

    /// <summary>Only rules that compare this way.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Field(typeof(AccessControlRule), "operation")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Operation { get; set; }

    /// <summary>Only rules with this quantifier.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Field(typeof(AccessControlRule), "quantifier")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Quantifier { get; set; }

    /// <summary>Only rules that are in no access control list, of all lists that the credential sees.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Unused { get; set; }

    private protected override IReadOnlyList<string> Ids => RuleSid;

    private protected override void WriteList()
    {
        var query = AccessControlRuleDefinition.Query(ToLikePattern(Name), Field, Operation, Quantifier);
        var pattern = Name is null ? null : WildcardPattern.Get(Name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        RuleUsage? usage = null;
        if (Unused && !TryAwait(() => RuleUsage.ReadAsync(ActiveConnection, Reporter, Cancellation), null, out usage))
        {
            return;
        }

        WriteList(query, pattern is null && usage is null ? null : rule => pattern?.IsMatch(rule.Name ?? "") != false && usage?.Find(rule.RuleSid).Count is null or 0);
    }

    /// <summary>
    /// The pattern in CarrierX's syntax, so that the service sends fewer rules. What its <c>like</c> cannot express is checked here:
    /// the names are always matched again, as its rules about case are not documented.
    /// </summary>
    private static string? ToLikePattern(string? wildcard) =>
        wildcard is null || wildcard.Any(character => "?[]`\"'%_\\".Contains(character)) || wildcard.Any(char.IsLetter) ? null : wildcard.Replace('*', '%');
}
