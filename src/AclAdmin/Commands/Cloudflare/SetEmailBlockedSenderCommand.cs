using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Changes the fields of blocked senders that are specified, and leaves the others alone.</summary>
[Cmdlet(VerbsCommon.Set, "EmailBlockedSender", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailBlockedSender))]
public sealed class SetEmailBlockedSenderCommand : TypedPatternFieldCommand<EmailBlockedSender>, IUpdateCommand
{
    /// <summary>The id of the blocked sender.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArgumentSet)]
    [Parameter(ParameterSetName = RowSet)]
    [IdArgument]
    [Alias("pattern_id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public string?[]? Id { get; set; } = [];

    /// <summary>Replaces all fields by what is specified (PUT) in place of a partial update.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>Reads the present state first, and sends only what differs from it.</summary>
    [Parameter]
    public SwitchParameter SkipUnchanged { get; set; }

    /// <summary>What identifies an item: its id, or a field that is compared as a whole and without regard to case.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MatchKeyCompleter))]
    public string[]? MatchBy { get; set; }

    private protected override ChangeAction Action => Replace ? ChangeAction.Replace : ChangeAction.Update;
}
