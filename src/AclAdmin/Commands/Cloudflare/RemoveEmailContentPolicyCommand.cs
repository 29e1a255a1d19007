namespace AclAdmin.Commands;

/// <summary>Removes content policies. An item that no longer exists causes no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailContentPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[Alias("Remove-EmailBlockedContent")]
public sealed class RemoveEmailContentPolicyCommand : BatchRemoveCommand<EmailContentPolicy>;
