using System.Management.Automation;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Removes URL ignore patterns. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailUrlIgnorePattern", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[RequiresPermission(CloudflarePermissions.Write)]
public sealed class RemoveEmailUrlIgnorePatternCommand : CloudflareRemoveCommand<EmailUrlIgnorePattern>;
