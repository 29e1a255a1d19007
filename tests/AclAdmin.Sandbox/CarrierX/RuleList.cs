using System;
using System.Globalization;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>Answers a listing of rules.</summary>
internal static class RuleList
{
    public const string Path = "/core/v2/accesscontrol/rules";

    public static Answer Make(Exchange exchange, OrderedStore<AccessRule> store)
    {
        if (!Number(exchange, "limit", 1, 1000, 10, out var limit))
            return CarrierXErrors.One(400, "limit must be an integer from 1 to 1000.", "limit");
        if (!Number(exchange, "offset", 0, int.MaxValue, 0, out var offset))
            return CarrierXErrors.One(400, "offset must be an integer of at least 0.", "offset");
        var order = One(exchange, "order");
        if (order is not (null or "name" or "name asc" or "name desc"))
            return CarrierXErrors.One(400, "order must be name, name asc or name desc.", "order");
        var filter = One(exchange, "filter");
        AccessRule[] view;
        try
        {
            view = store.View(order ?? string.Empty, Comparer(order));
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
        var items = offset >= view.Length
            ? ArraySegment<AccessRule>.Empty
            : new ArraySegment<AccessRule>(view, offset, Math.Min(limit, view.Length - offset));
        var more = offset + (long)items.Count < view.Length;
        var next = more ? Next(exchange, limit, offset + limit, order, filter) : null;
        return Write(items, next, limit, offset, view.Length);
    }

    private static Answer Write(ArraySegment<AccessRule> items, string? next, int limit, int offset, int total) =>
        new(200, JsonBytes.Build((items, next, limit, offset, total), static (writer, part) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("count"u8, part.items.Count);
            writer.WriteBoolean("has_more"u8, part.next is not null);
            writer.WriteStartArray("items"u8);
            foreach (var rule in part.items)
                RuleFields.Write(writer, rule);
            writer.WriteEndArray();
            writer.WriteNumber("limit"u8, part.limit);
            writer.WriteNumber("offset"u8, part.offset);
            writer.WriteStartObject("pagination"u8);
            if (part.next is not null)
                writer.WriteString("next"u8, part.next);
            writer.WriteEndObject();
            writer.WriteNumber("total"u8, part.total);
            writer.WriteEndObject();
        }));

    private static string Next(Exchange exchange, int limit, int offset, string? order, string? filter)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://{exchange.Host}{Path}?limit={limit}&offset={offset}");
        if (order is not null)
            address += "&order=" + Uri.EscapeDataString(order);
        if (filter is not null)
            address += "&filter=" + Uri.EscapeDataString(filter);
        return address;
    }

    private static Comparison<AccessRule>? Comparer(string? order) => order switch
    {
        null => null,
        "name desc" => (a, b) => string.Compare(b.Name, a.Name, StringComparison.OrdinalIgnoreCase),
        _ => (a, b) => string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase),
    };

    private static string? One(Exchange exchange, string name) =>
        exchange.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[^1] : null;

    private static bool Number(Exchange exchange, string name, int least, int most, int otherwise, out int number)
    {
        number = otherwise;
        return One(exchange, name) is not { } text
            || (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
                && number >= least && number <= most);
    }
}
