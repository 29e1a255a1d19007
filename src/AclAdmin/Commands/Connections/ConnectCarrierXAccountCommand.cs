using System.Management.Automation;
using System.Security;
using AclAdmin.Binding;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Http;

namespace AclAdmin.Commands;

/// <summary>Connects to CarrierX.</summary>
[Cmdlet(VerbsCommunications.Connect, "CarrierXAccount")]
[OutputType(typeof(AclConnection))]
public sealed class ConnectCarrierXAccountCommand : ConnectCommand
{
    /// <summary>An access token.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SecretArgument]
    public SecureString AccessToken { get; set; } = new();

    private protected override ServiceProfile Service => CarrierXService.Instance;

    private protected override Credential CreateCredential() => new BearerCredential(Unwrap(AccessToken), "access token", "parameter -AccessToken");
}
