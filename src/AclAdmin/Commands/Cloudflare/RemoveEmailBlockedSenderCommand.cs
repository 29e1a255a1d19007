using System.Management.Automation;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Removes blocked senders. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailBlockedSender", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[RequiresPermission(CloudflarePermissions.Write)]
public sealed class RemoveEmailBlockedSenderCommand : BatchRemoveCommand<EmailBlockedSender>;
