using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates blocked senders.</summary>
[Cmdlet(VerbsCommon.New, "EmailBlockedSender", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailBlockedSender))]
public sealed class NewEmailBlockedSenderCommand : TypedPatternFieldCommand<EmailBlockedSender>, ICreateCommand
{
    /// <summary>What happens where such an item exists.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
