using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates URL ignore patterns.</summary>
[Cmdlet(VerbsCommon.New, "EmailUrlIgnorePattern", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailUrlIgnorePattern))]
public sealed class NewEmailUrlIgnorePatternCommand : EmailUrlIgnorePatternFieldCommand, ICreateCommand
{
    /// <summary>What happens where such an item exists.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
