using System.Management.Automation;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Removes domains. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[RequiresPermission(CloudflarePermissions.Write)]
public sealed class RemoveEmailDomainCommand : CloudflareRemoveCommand<EmailDomain>;
