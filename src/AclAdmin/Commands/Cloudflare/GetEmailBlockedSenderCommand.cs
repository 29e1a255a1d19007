namespace AclAdmin.Commands;

/// <summary>Reads blocked senders, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailBlockedSender", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailBlockedSender))]
public sealed class GetEmailBlockedSenderCommand : TypedPatternListCommand<EmailBlockedSender>;
