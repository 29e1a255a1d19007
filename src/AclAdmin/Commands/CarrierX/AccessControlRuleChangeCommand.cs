using System.Collections.Generic;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that changes access control rules that exist.</summary>
public abstract class AccessControlRuleChangeCommand : AccessControlRuleFieldCommand
{
    /// <summary>The rule's sid.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArgumentSet)]
    [Parameter(ParameterSetName = RowSet)]
    [IdArgument]
    [Alias("rule_sid", "sid", "id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? RuleSid { get; set; } = [];

    /// <summary>Reads the present rules first, and sends only what differs from them.</summary>
    [Parameter]
    public SwitchParameter SkipUnchanged { get; set; }

    /// <summary>What identifies a rule: its id, or a field that is compared as a whole and without regard to case.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MatchKeyCompleter))]
    public string[]? MatchBy { get; set; }

    private protected override IReadOnlyList<string>? MatchByNames => MatchBy;

    private protected override IReadOnlyList<string?> Ids => RuleSid ?? [];

    private protected override bool ComparesFirst => SkipUnchanged;
}
