using System;
using System.Linq;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>Partners, trunk groups and trunks, as far as they have access control lists.</summary>
internal sealed class ListOwnerEndpoint(SandboxState state)
{
    /// <summary>Answers a request for a list of owners or for one; null where there is no such address.</summary>
    public Answer? Handle(Exchange exchange, string partner)
    {
        var segments = exchange.Segments.Skip(2).ToArray();
        return segments switch
        {
            ["partners"] or ["trunk_groups"] => ReadOnly(exchange, () => List(exchange, segments[0], partner)),
            ["trunk_groups", { Length: > 0 } group, "trunks"] => ReadOnly(exchange, () => state.Owners.Find("trunk_groups/" + group) is null
                ? Unknown()
                : List(exchange, $"trunk_groups/{group}/trunks", partner)),
            ["partners" or "trunk_groups", { Length: > 0 }] or ["trunk_groups", { Length: > 0 }, "trunks", { Length: > 0 }] => exchange.Method switch
            {
                "GET" => state.Owners.Find(string.Join('/', segments)) is { } owner && IsSeen(owner, partner) ? Show(exchange, owner) : Unknown(),
                "PATCH" or "PUT" => Change(exchange, string.Join('/', segments)),
                _ => CarrierXErrors.One(405, "The method is not allowed here.").With("Allow", "GET, PATCH, PUT"),
            },
            _ => null,
        };
    }

    private static Answer ReadOnly(Exchange exchange, Func<Answer> answer) =>
        exchange.Method is "GET" ? answer() : CarrierXErrors.One(405, "The method is not allowed here.").With("Allow", "GET");

    private Answer List(Exchange exchange, string folder, string partner)
    {
        if (ListPage.Read(exchange, out var page) is { } refusal)
            return refusal;
        var view = state.Owners.All().Where(owner => owner.Path[..owner.Path.LastIndexOf('/')] == folder && IsSeen(owner, partner)).ToArray();
        var withTrunks = folder is "trunk_groups" && WantsTrunks(exchange);
        return page.Show(
            exchange, view, "/core/v2/" + folder, withTrunks ? "&with_trunks=true" : "", (writer, owner) => ListOwnerFields.Write(writer, owner, withTrunks ? Trunks(owner) : null));
    }

    /// <summary>A token sees what is its partner's, and the partners below it.</summary>
    private static bool IsSeen(ListOwner owner, string partner) => owner.PartnerSid == partner || (owner.IsPartner && owner.ParentSid == partner);

    private Answer Change(Exchange exchange, string path)
    {
        if (!exchange.Declares(Answer.Json))
            return CarrierXErrors.One(415, "Content-Type must be application/json.");
        using var body = JsonBytes.ReadObject(exchange.Body, out var problem);
        if (body is null)
            return CarrierXErrors.One(400, problem);
        var names = body.RootElement.EnumerateObject().Select(property => property.Name).ToArray();
        if (names.Length == 0)
            return CarrierXErrors.One(422, "At least one field must be given.");
        if (exchange.Method is "PUT" && !(names.Contains("acls") && names.Contains("name")))
            return CarrierXErrors.One(422, "A PUT must have every field: acls, name.");
        try
        {
            return state.Owners.Update(path, owner => ListOwnerFields.Apply(owner, body.RootElement, state.Rules)) is { } changed
                ? Show(exchange, changed, applied: true)
                : Unknown();
        }
        catch (FormatException failure)
        {
            return CarrierXErrors.One(422, failure.Message, failure.Message.Split(' ')[0]);
        }
    }

    private Answer Show(Exchange exchange, ListOwner owner, bool applied = false)
    {
        var trunks = owner is { IsPartner: false, IsTrunk: false } && WantsTrunks(exchange) ? Trunks(owner) : null;
        return new Answer(200, JsonBytes.Build((owner, trunks), static (writer, part) => ListOwnerFields.Write(writer, part.owner, part.trunks))) { Applied = applied };
    }

    private ListOwner[] Trunks(ListOwner group) =>
        state.Owners.All().Where(owner => owner.IsTrunk && owner.Path.StartsWith(group.Path + "/", StringComparison.Ordinal)).ToArray();

    private static bool WantsTrunks(Exchange exchange) => ListPage.One(exchange, "with_trunks") is "true";

    private static Answer Unknown() => CarrierXErrors.One(404, "There is no such object.");
}
