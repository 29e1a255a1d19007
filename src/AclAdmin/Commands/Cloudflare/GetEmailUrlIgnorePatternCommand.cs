using System.Management.Automation;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Reads URL ignore patterns, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailUrlIgnorePattern", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailUrlIgnorePattern))]
[RequiresPermission(CloudflarePermissions.Read)]
public sealed class GetEmailUrlIgnorePatternCommand : CloudflareListCommand<EmailUrlIgnorePattern>;
