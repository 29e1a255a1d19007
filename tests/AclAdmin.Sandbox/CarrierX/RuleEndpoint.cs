using System;
using System.Text.Json;
using AclAdmin.Sandbox.Http;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>The six operations on access control rules.</summary>
internal sealed class RuleEndpoint(SandboxState state)
{
    public Answer List(Exchange exchange, string partner) => RuleList.Make(exchange, state.Rules, partner);

    public Answer Get(string sid, string partner) => Find(sid, partner) is { } rule ? Show(rule) : Unknown();

    public Answer Create(Exchange exchange, string partner)
    {
        using var body = ReadBody(exchange, BodyUse.Create, out var refusal);
        if (body is null)
            return refusal!;
        var rule = RuleFields.Apply(new AccessRule { RuleSid = Guid.NewGuid().ToString("D"), PartnerSid = partner }, body.RootElement);
        state.Rules.Add(rule);
        return Show(rule, applied: true);
    }

    /// <summary>PATCH and PUT: they differ in what the body must hold, and all that PUT must hold is all there is to set.</summary>
    public Answer Change(Exchange exchange, string sid, BodyUse use, string partner)
    {
        using var body = ReadBody(exchange, use, out var refusal);
        if (body is null)
            return refusal!;
        if (Find(sid, partner) is null)
            return Unknown();
        var root = body.RootElement;
        var applied = false;
        var rule = state.Rules.Update(sid, old =>
        {
            applied = !old.ReadOnly;
            return applied ? RuleFields.Apply(old, root) : old;
        });
        return rule is null ? Unknown() : applied ? Show(rule, applied: true) : Locked();
    }

    public Answer Delete(string sid, string partner)
    {
        if (Find(sid, partner) is not { } rule)
            return Unknown();
        if (rule.ReadOnly)
            return Locked();
        return state.Rules.Remove(sid) ? new Answer(204) { Applied = true } : Unknown();
    }

    /// <summary>Of another partner's rules a token sees nothing.</summary>
    private AccessRule? Find(string sid, string partner) => state.Rules.Find(sid) is { } rule && rule.PartnerSid == partner ? rule : null;

    private static Answer Show(AccessRule rule, bool applied = false) =>
        new(200, JsonBytes.Build(rule, RuleFields.Write)) { Applied = applied };

    private static Answer Unknown() => CarrierXErrors.One(404, "Access control rule not found.");

    // No status is documented for this; 403 is the likeliest of those the vendor's page names.
    private static Answer Locked() => CarrierXErrors.One(403, "The rule is read-only.");

    private static JsonDocument? ReadBody(Exchange exchange, BodyUse use, out Answer? refusal)
    {
        refusal = null;
        if (!exchange.Declares(Answer.Json))
        {
            refusal = CarrierXErrors.One(415, "Content-Type must be application/json.");
            return null;
        }
        var body = JsonBytes.ReadObject(exchange.Body, out var problem);
        if (body is null)
        {
            refusal = CarrierXErrors.One(400, problem);
            return null;
        }
        var problems = BodyCheck.Run(body.RootElement, RuleFields.Table, use);
        if (problems.Count == 0)
            return body;
        body.Dispose();
        refusal = CarrierXErrors.Invalid(problems);
        return null;
    }
}
