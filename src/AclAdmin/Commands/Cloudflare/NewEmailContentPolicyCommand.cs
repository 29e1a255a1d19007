using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates content policies.</summary>
[Cmdlet(VerbsCommon.New, "EmailContentPolicy", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[Alias("New-EmailBlockedContent")]
[OutputType(typeof(EmailContentPolicy))]
public sealed class NewEmailContentPolicyCommand : EmailContentPolicyFieldCommand, ICreateCommand
{
    /// <summary>What happens where such an item exists.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
