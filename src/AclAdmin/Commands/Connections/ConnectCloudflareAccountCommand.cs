using System.Security;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Commands;

/// <summary>Connects to a Cloudflare account.</summary>
[Cmdlet(VerbsCommunications.Connect, "CloudflareAccount", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(AclConnection))]
public sealed class ConnectCloudflareAccountCommand : ConnectCommand
{
    private const string TokenSet = "Token";
    private const string KeySet = "Key";
    private const string CredentialSet = "Credential";

    /// <summary>The account.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("account_id")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string AccountId { get; set; } = "";

    /// <summary>An API token: a SecureString, or a script block that obtains it.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = TokenSet)]
    [SecretArgument]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public SecureString ApiToken { get; set; } = new();

    /// <summary>The address that goes with the global key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string Email { get; set; } = "";

    /// <summary>The global key: a SecureString, or a script block that obtains it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [SecretArgument]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public SecureString ApiKey { get; set; } = new();

    /// <summary>The address and the global key as one credential.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    private protected override ServiceProfile Service => CloudflareService.Instance;

    private protected override string? Account => AccountId;

    private protected override Credential CreateCredential(ConnectionOptions options) => ParameterSetName switch
    {
        KeySet => new GlobalKeyCredential(Email, Source(ApiKey, nameof(ApiKey)), "parameters -Email and -ApiKey"),
        CredentialSet => new GlobalKeyCredential(Credential.UserName, Source(Credential.Password, nameof(Credential)), "parameter -Credential"),
        _ => new BearerCredential(Source(ApiToken, nameof(ApiToken)), "API token", "parameter -ApiToken"),
    };
}
