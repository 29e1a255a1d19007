using System.Linq;
using AclAdmin.Sandbox.Http;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>Everything under <c>/core/v2</c>: routes and credentials.</summary>
internal sealed class CarrierXService(SandboxState state) : IService
{
    private readonly RuleEndpoint _rules = new(state);
    private readonly EffectiveAclEndpoint _effective = new(state);
    private readonly ListOwnerEndpoint _owners = new(state);
    private readonly OAuthEndpoint _oauth = new(state);

    public string Name => "carrierx";

    // No limit is documented.
    public Answer? Admit(Exchange exchange) => null;

    public Answer Handle(Exchange exchange)
    {
        // The one thing that can be asked for without a token is a token.
        if (exchange.Segments is ["core", "v2", "oauth", "token", ..])
        {
            return exchange.Segments.Length > 5 ? NoRoute()
                : exchange.Method is "POST" ? _oauth.Issue(exchange, exchange.Segments.ElementAtOrDefault(4) ?? SandboxDefaults.PartnerSid)
                : WrongMethod("POST");
        }
        if (exchange.Bearer() is not { } token || !state.Tokens.Accepts(token))
            return CarrierXErrors.One(401, "The access token is missing, unknown, expired or revoked.").With("WWW-Authenticate", "Bearer");
        var partner = state.Tokens.PartnerOf(token);
        return exchange.Segments switch
        {
            ["core", "v2", "accesscontrol", "rules"] => exchange.Method switch
            {
                "GET" => _rules.List(exchange, partner),
                "POST" => _rules.Create(exchange, partner),
                _ => WrongMethod("GET, POST"),
            },
            ["core", "v2", "accesscontrol", "rules", { Length: > 0 } sid] => exchange.Method switch
            {
                "GET" => _rules.Get(sid, partner),
                "PATCH" => _rules.Change(exchange, sid, BodyUse.Patch, partner),
                "PUT" => _rules.Change(exchange, sid, BodyUse.Replace, partner),
                "DELETE" => _rules.Delete(sid, partner),
                _ => WrongMethod("GET, PATCH, PUT, DELETE"),
            },
            ["core", "v2", "accesscontrol", "effective_acl", "calls" or "sms"] =>
                exchange.Method is "GET" ? _effective.Get(exchange, exchange.Segments[4] is "sms") : WrongMethod("GET"),
            ["core", "v2", "oauth", "tokens", { Length: > 0 } sid] => exchange.Method switch
            {
                "GET" => _oauth.Get(sid),
                "DELETE" => _oauth.Revoke(sid),
                _ => WrongMethod("GET, DELETE"),
            },
            ["core", "v2", ..] => _owners.Handle(exchange, partner) ?? NoRoute(),
            _ => NoRoute(),
        };
    }

    public Answer Error(int status, string message) => CarrierXErrors.One(status, message);

    public void Complete(Exchange exchange, Answer answer, bool staged)
    {
        // No rate headers: none are documented.
    }

    private static Answer NoRoute() => CarrierXErrors.One(404, "There is nothing at this address.");

    private static Answer WrongMethod(string allowed) => CarrierXErrors.One(405, "The method is not allowed here.").With("Allow", allowed);
}
