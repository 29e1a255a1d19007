namespace AclAdmin.Commands;

/// <summary>Changes the fields of content policies that are specified, and leaves the others alone.</summary>
[Cmdlet(VerbsCommon.Set, "EmailContentPolicy", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[Alias("Set-EmailBlockedContent")]
[OutputType(typeof(EmailContentPolicy))]
public sealed class SetEmailContentPolicyCommand : EmailContentPolicyFieldCommand, IUpdateCommand
{
    /// <summary>The id of the content policy.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArgumentSet)]
    [Parameter(ParameterSetName = RowSet)]
    [IdArgument]
    [Alias("policy_id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public string?[]? Id { get; set; } = [];

    /// <summary>Reads the present state first, and sends only what differs from it.</summary>
    [Parameter]
    public SwitchParameter SkipUnchanged { get; set; }

    /// <summary>What identifies an item: its id, or a field that is compared as a whole and without regard to case.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MatchKeyCompleter))]
    public string[]? MatchBy { get; set; }
}
