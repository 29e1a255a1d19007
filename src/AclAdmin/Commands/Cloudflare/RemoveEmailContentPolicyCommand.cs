namespace AclAdmin.Commands;

/// <summary>Removes content policies. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailContentPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailContentPolicyCommand : BatchRemoveCommand<EmailContentPolicy>;
