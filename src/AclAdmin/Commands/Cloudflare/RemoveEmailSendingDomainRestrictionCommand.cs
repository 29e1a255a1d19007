using System.Management.Automation;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Removes sending domain restrictions. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailSendingDomainRestriction", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[RequiresPermission(CloudflarePermissions.Write)]
public sealed class RemoveEmailSendingDomainRestrictionCommand : BatchRemoveCommand<EmailSendingDomainRestriction>;
