using System;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>Answers a listing of rules.</summary>
internal static class RuleList
{
    public const string Path = "/core/v2/accesscontrol/rules";

    public static Answer Make(Exchange exchange, OrderedStore<AccessRule> store, string partner)
    {
        if (ListPage.Read(exchange, out var page) is { } refusal)
            return refusal;
        var order = ListPage.One(exchange, "order");
        if (order is not (null or "name" or "name asc" or "name desc"))
            return CarrierXErrors.One(400, "order must be name, name asc or name desc.", "order");
        var filter = ListPage.One(exchange, "filter");
        AccessRule[] view;
        try
        {
            view = store.View(order ?? string.Empty, Comparer(order));
            if (Array.Exists(view, rule => rule.PartnerSid != partner))
                view = Array.FindAll(view, rule => rule.PartnerSid == partner);
            if (filter is not null)
            {
                var wanted = RuleFilter.Parse(filter);
                view = Array.FindAll(view, wanted.Accepts);
            }
        }
        catch (FormatException failure)
        {
            return CarrierXErrors.One(400, failure.Message, "filter");
        }
        return page.Show(exchange, view, Path, Query(order, filter), RuleFields.Write);
    }

    private static string Query(string? order, string? filter) =>
        (order is null ? string.Empty : "&order=" + Uri.EscapeDataString(order)) + (filter is null ? string.Empty : "&filter=" + Uri.EscapeDataString(filter));

    private static Comparison<AccessRule>? Comparer(string? order) => order switch
    {
        null => null,
        "name desc" => (a, b) => string.Compare(b.Name, a.Name, StringComparison.OrdinalIgnoreCase),
        _ => (a, b) => string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase),
    };
}
