using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates URL ignore patterns.</summary>
[Cmdlet(VerbsCommon.New, "EmailUrlIgnorePattern", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailUrlIgnorePattern))]
public sealed class NewEmailUrlIgnorePatternCommand : EmailUrlIgnorePatternFieldCommand, ICreateCommand
{
    /// <summary>What happens where there is such an item already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
