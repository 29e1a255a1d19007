using System;
using System.Globalization;
using System.Text.Json;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>Where a listing of CarrierX begins and how much of it is asked for; and its answer.</summary>
/// <param name="Limit">How many items.</param>
/// <param name="Offset">How many items stand before them.</param>
internal readonly record struct ListPage(int Limit, int Offset)
{
    /// <summary>Reads the query of a listing.</summary>
    /// <returns>The refusal; null where the query is fine.</returns>
    public static Answer? Read(Exchange exchange, out ListPage page)
    {
        page = default;
        if (!Number(exchange, "limit", 1, 1000, 10, out var limit))
            return CarrierXErrors.One(400, "limit must be an integer from 1 to 1000.", "limit");
        if (!Number(exchange, "offset", 0, int.MaxValue, 0, out var offset))
            return CarrierXErrors.One(400, "offset must be an integer of at least 0.", "offset");
        page = new ListPage(limit, offset);
        return null;
    }

    /// <summary>The last value of a query parameter; null where there is none.</summary>
    public static string? One(Exchange exchange, string name) =>
        exchange.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[^1] : null;

    /// <summary>Answers with the page.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="view">Everything that the listing has.</param>
    /// <param name="path">The listing's path.</param>
    /// <param name="query">What of its query stays from page to page, beginning with an ampersand; empty for nothing.</param>
    /// <param name="write">Writes an item.</param>
    public Answer Show<T>(Exchange exchange, T[] view, string path, string query, Action<Utf8JsonWriter, T> write)
    {
        var items = Offset >= view.Length ? ArraySegment<T>.Empty : new ArraySegment<T>(view, Offset, Math.Min(Limit, view.Length - Offset));
        var next = Offset + (long)items.Count < view.Length
            ? string.Create(CultureInfo.InvariantCulture, $"http://{exchange.Host}{path}?limit={Limit}&offset={Offset + Limit}{query}")
            : null;
        return new Answer(200, JsonBytes.Build((items, next, page: this, total: view.Length, write), static (writer, part) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("count"u8, part.items.Count);
            writer.WriteBoolean("has_more"u8, part.next is not null);
            writer.WriteStartArray("items"u8);
            foreach (var item in part.items)
                part.write(writer, item);
            writer.WriteEndArray();
            writer.WriteNumber("limit"u8, part.page.Limit);
            writer.WriteNumber("offset"u8, part.page.Offset);
            writer.WriteStartObject("pagination"u8);
            if (part.next is not null)
                writer.WriteString("next"u8, part.next);
            writer.WriteEndObject();
            writer.WriteNumber("total"u8, part.total);
            writer.WriteEndObject();
        }));
    }

    private static bool Number(Exchange exchange, string name, int least, int most, int otherwise, out int number)
    {
        number = otherwise;
        return One(exchange, name) is not { } text
            || (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
                && number >= least && number <= most);
    }
}
