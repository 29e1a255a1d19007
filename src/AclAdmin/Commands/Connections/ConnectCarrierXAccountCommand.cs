using System.Security;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Commands;

/// <summary>Connects to CarrierX.</summary>
[Cmdlet(VerbsCommunications.Connect, "CarrierXAccount", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(AclConnection))]
public sealed class ConnectCarrierXAccountCommand : ConnectCommand
{
    private const string TokenSet = "Token";
    private const string CredentialSet = "Credential";

    /// <summary>An access token: a SecureString, or a script block that obtains it.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TokenSet)]
    [SecretArgument]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>A user's name and password, with which access tokens are obtained.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>The OAuth client's id.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Alias("client_id")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string ClientId { get; set; } = "";

    /// <summary>The OAuth client's secret: a SecureString, or a script block that obtains it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Alias("client_secret")]
    [SecretArgument]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public SecureString ClientSecret { get; set; } = new();

    private protected override ServiceProfile Service => CarrierXService.Instance;

    private protected override Credential CreateCredential(ConnectionOptions options)
    {
        if (ParameterSetName != CredentialSet)
        {
            return new BearerCredential(Source(AccessToken, nameof(AccessToken)), "access token", "parameter -AccessToken");
        }

        // The first token is obtained now, so that a wrong password is reported here and not in the middle of a run.
        var secret = Source(ClientSecret, nameof(ClientSecret), text => new Secret(text));
        var credential = new PasswordGrantCredential(Credential.UserName, Unwrap(Credential.Password), ClientId, secret, options);
        Await(Task.Run(() => credential.GetFirstTokenAsync(Cancellation)));
        return credential;
    }
}
