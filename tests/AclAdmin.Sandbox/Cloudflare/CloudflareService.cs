using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using AclAdmin.Sandbox.Http;
using Microsoft.AspNetCore.Http;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>Everything under <c>/client/v4</c>: routes, credentials, the limit, and the headers of every answer.</summary>
internal sealed class CloudflareService(SandboxOptions options, SandboxState state) : IService
{
    private const string WriterId = "ed17574386854bf78a67040be0a770b0";
    private const string BareId = "a1d0c9b8e7f6453210fedcba98765432";
    private const string ReaderId = "5b1c9f0e2d7a4c368f40a1b2c3d4e5f6";

    private readonly CloudflareAuth _auth = new(options);
    private readonly Dictionary<string, ISettingsEndpoint> _lists = Endpoints(options, state);
    private readonly DomainVerification _verification = new(state);
    private long _ray = 0x8a3f00000000;

    public string Name => "cloudflare";

    public Answer? Admit(Exchange exchange)
    {
        exchange.Rate = state.Limits.Take(_auth.Credential(_auth.Identify(exchange)));
        return exchange.Rate.Allowed
            ? null
            : Error(429, "Please slow down.").With("retry-after", exchange.Rate.ResetSeconds.ToString(CultureInfo.InvariantCulture));
    }

    public Answer Handle(Exchange exchange)
    {
        var caller = _auth.Identify(exchange);
        switch (exchange.Segments)
        {
            case ["client", "v4", "user", "tokens", "verify"]:
                return Verify(exchange, caller);
            case ["client", "v4", "accounts", var account, "tokens", "verify"] when IsAccount(account):
                return account.Equals(options.AccountId, StringComparison.OrdinalIgnoreCase) ? Verify(exchange, caller) : Refuse(exchange, caller, account)!;
            case ["client", "v4", "accounts", var account, "email-security", "settings", var segment] when IsAccount(account) && _lists.TryGetValue(segment, out var list):
                return Refuse(exchange, caller, account) ?? list.Serve(exchange);
            case ["client", "v4", "accounts", var account, "email-security", "settings", var segment, "batch"]
                when IsAccount(account) && SettingsTables.All.ContainsKey(segment):
                return Refuse(exchange, caller, account) ?? _lists[segment].Batch(exchange);
            case ["client", "v4", "accounts", var account, "email-security", "settings", "domains", var id, "verification"] when IsAccount(account) && Guid.TryParseExact(id, "D", out _):
                return Refuse(exchange, caller, account) ?? _verification.Serve(exchange, id);
            case ["client", "v4", "accounts", var account, "email-security", "settings", var segment, var id]
                when IsAccount(account) && _lists.TryGetValue(segment, out var list) && Guid.TryParseExact(id, "D", out _):
                return Refuse(exchange, caller, account) ?? list.Serve(exchange, id);
            default:
                return Envelope.Failure(404, new EnvelopeError(
                    Codes.NoRoute,
                    $"Could not route to {exchange.Path}, perhaps your object identifier is invalid?"));
        }
    }

    public Answer Error(int status, string message) =>
        Envelope.Failure(status, new EnvelopeError(status == 429 ? Codes.SlowDown : 10000 + status, message));

    public void Complete(Exchange exchange, Answer answer, bool staged)
    {
        answer.With("cf-ray", Interlocked.Add(ref _ray, 0x9e3779b1).ToString("x16", CultureInfo.InvariantCulture) + "-SBX");
        if (!exchange.IsRead)
            answer.With("cf-auditlog-id", Guid.NewGuid().ToString("D"));
        // A staged 429 speaks for an edge that knows nothing of the client's budget, as those with HTML or empty bodies do.
        if (staged && answer.Status == 429)
            return;
        if (!state.Settings.Limit)
            return;
        var rate = exchange.Rate;
        answer.With("Ratelimit", FormattableString.Invariant($"\"default\";r={rate.Remaining};t={rate.ResetSeconds}"));
        answer.With("Ratelimit-Policy", FormattableString.Invariant($"\"default\";q={rate.Quota};w={rate.WindowSeconds}"));
    }

    private static Dictionary<string, ISettingsEndpoint> Endpoints(SandboxOptions options, SandboxState state)
    {
        var endpoints = new Dictionary<string, ISettingsEndpoint>(StringComparer.Ordinal);
        var registry = new RegistryList();
        endpoints.Add(registry.Segment, new SettingsEndpoint<RegistryEntry>(registry, state.Entries, state.Settings, options.Clock));
        foreach (var (segment, list) in SettingsTables.All)
            endpoints.Add(segment, new SettingsEndpoint<SettingsItem>(list, state.Items(segment), state.Settings, options.Clock));
        return endpoints;
    }

    private static Answer Verify(Exchange exchange, CallerKind caller)
    {
        // A global key has nothing to verify here: the endpoint is about tokens.
        if (caller is not (CallerKind.Bare or CallerKind.Reader or CallerKind.Writer))
            return CloudflareAuth.Refusal(caller) ?? CloudflareAuth.Refusal(CallerKind.Nobody)!;
        if (!HttpMethods.IsGet(exchange.Method))
            return Envelope.WrongMethod("GET");
        return Envelope.Result(200, caller, static (writer, caller) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, caller switch { CallerKind.Writer => WriterId, CallerKind.Reader => ReaderId, _ => BareId });
            writer.WriteString("status"u8, "active"u8);
            writer.WriteEndObject();
        });
    }

    private bool IsAccount(string account)
    {
        if (account.Equals(options.AccountId, StringComparison.Ordinal))
            return true;
        if (account.Length != 32)
            return false;
        foreach (var letter in account)
        {
            if (!char.IsAsciiHexDigit(letter))
                return false;
        }
        return true;
    }

    private Answer? Refuse(Exchange exchange, CallerKind caller, string account)
    {
        if (CloudflareAuth.Refusal(caller) is { } refusal)
            return refusal;
        if (!account.Equals(options.AccountId, StringComparison.OrdinalIgnoreCase))
            return Envelope.Failure(403, new EnvelopeError(Codes.Unauthorized, "Unauthorized to access requested resource"));
        return caller == CallerKind.Bare || (caller == CallerKind.Reader && !HttpMethods.IsGet(exchange.Method)) ? CloudflareAuth.NoPermission() : null;
    }
}
