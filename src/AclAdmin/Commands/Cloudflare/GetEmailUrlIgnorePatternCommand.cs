namespace AclAdmin.Commands;

/// <summary>Reads URL ignore patterns, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailUrlIgnorePattern", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailUrlIgnorePattern))]
public sealed class GetEmailUrlIgnorePatternCommand : CloudflareListCommand<EmailUrlIgnorePattern>;
