using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>What a listing asks for.</summary>
internal sealed class SettingsQuery<T>
    where T : class
{
    private static readonly string[] Directions = ["asc", "desc"];

    private readonly List<EnvelopeError> _problems = [];
    private readonly List<Predicate<T>> _conditions = [];
    private readonly SettingsList<T> _list;

    public SettingsQuery(Exchange exchange, SettingsList<T> list)
    {
        _list = list;
        // Parameters that are not named here are ignored, as the service does; a bad value of one that is named is refused.
        Page = Number(exchange, "page", 1, int.MaxValue, 1);
        PerPage = Number(exchange, "per_page", 1, 1000, 20);
        if (list.Orders.Count > 0)
        {
            Order = Choice(exchange, "order", [.. list.Orders.Keys]);
            Direction = Choice(exchange, "direction", Directions);
        }
        if (list.Search is { } has && One(exchange, "search") is { Length: > 0 } text)
            _conditions.Add(item => has(item, text));
        foreach (var filter in list.Filters)
            Add(exchange, filter);
    }

    public int Page { get; }

    public int PerPage { get; }

    public IReadOnlyList<EnvelopeError> Problems => _problems;

    private string? Order { get; }

    private string? Direction { get; }

    /// <summary>The items of the page asked for.</summary>
    public ArraySegment<T> Select(OrderedStore<T> store)
    {
        var view = store.View($"{Order}/{Direction}", (Order, Direction) is (null, null) ? null : Comparer());
        if (_conditions.Count > 0)
            view = Array.FindAll(view, item => _conditions.TrueForAll(condition => condition(item)));
        var start = (Page - 1L) * PerPage;
        return start >= view.Length
            ? ArraySegment<T>.Empty
            : new ArraySegment<T>(view, (int)start, (int)Math.Min(PerPage, view.Length - start));
    }

    private Comparison<T> Comparer()
    {
        var sign = Direction is "desc" ? -1 : 1;
        var order = _list.Orders[Order ?? "created_at"];
        return (a, b) => sign * order(a, b);
    }

    private void Add(Exchange exchange, SettingsFilter<T> filter)
    {
        if (!exchange.Query.TryGetValue(filter.Name, out var given) || given.Count == 0)
            return;
        if (given.Count > 1 && !filter.IsRepeatable)
            Refuse(filter.Name, $"{filter.Name} must be given once.");
        var values = given.Select(value => value ?? "").ToArray();
        if (filter.Choices is { } choices && values.Any(value => !choices.Contains(value)))
            Refuse(filter.Name, $"{filter.Name} must be one of {string.Join(", ", choices)}.");
        _conditions.Add(item => values.Any(value => filter.Matches(item, value)));
    }

    private int Number(Exchange exchange, string name, int least, int most, int otherwise)
    {
        if (One(exchange, name) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Refuse(name, most == int.MaxValue
            ? $"{name} must be an integer of at least {least}."
            : $"{name} must be an integer from {least} to {most}.");
        return otherwise;
    }

    private string? Choice(Exchange exchange, string name, string[] choices)
    {
        if (One(exchange, name) is not { } text)
            return null;
        if (Array.IndexOf(choices, text) >= 0)
            return text;
        Refuse(name, $"{name} must be one of {string.Join(", ", choices)}.");
        return null;
    }

    private string? One(Exchange exchange, string name)
    {
        if (!exchange.Query.TryGetValue(name, out var values) || values.Count == 0)
            return null;
        if (values.Count > 1)
            Refuse(name, $"{name} must be given once.");
        return values[0];
    }

    private void Refuse(string name, string message) => _problems.Add(new(Codes.BadQuery, message, "/" + name));
}
