using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates domains.</summary>
[Cmdlet(VerbsCommon.New, "EmailDomain", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailDomain))]
public sealed class NewEmailDomainCommand : EmailDomainFieldCommand, ICreateCommand
{
    /// <summary>The domain to protect.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailDomain), "domain")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Domain { get; set; }

    /// <summary>What happens where such an item exists.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
