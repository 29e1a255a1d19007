using System;
using System.Collections.Generic;
using System.Globalization;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>What a listing asks for.</summary>
internal sealed class RegistryQuery
{
    private static readonly string[] Orders = ["name", "email", "created_at"];
    private static readonly string[] Directions = ["asc", "desc"];

    private readonly List<EnvelopeError> _problems = [];

    private RegistryQuery(Exchange exchange)
    {
        // Parameters that are not named here are ignored, as the service does; a bad value of one that is named is refused.
        Page = Number(exchange, "page", 1, int.MaxValue, 1);
        PerPage = Number(exchange, "per_page", 1, 1000, 20);
        Search = One(exchange, "search");
        Order = Choice(exchange, "order", Orders);
        Direction = Choice(exchange, "direction", Directions);
        Provenance = Choice(exchange, "provenance", RegistryFields.Provenances);
    }

    public int Page { get; }

    public int PerPage { get; }

    public string? Search { get; }

    public string? Order { get; }

    public string? Direction { get; }

    public string? Provenance { get; }

    public static RegistryQuery Read(Exchange exchange, out IReadOnlyList<EnvelopeError> problems)
    {
        var query = new RegistryQuery(exchange);
        problems = query._problems;
        return query;
    }

    /// <summary>The entries of the page asked for.</summary>
    public ArraySegment<RegistryEntry> Select(OrderedStore<RegistryEntry> store)
    {
        var view = store.View(
            $"{Order}/{Direction}",
            (Order, Direction) is (null, null) ? null : Comparer(Order, Direction is "desc" ? -1 : 1));
        if (!string.IsNullOrEmpty(Search) || Provenance is not null)
            view = Array.FindAll(view, Wanted);
        var start = (Page - 1L) * PerPage;
        return start >= view.Length
            ? ArraySegment<RegistryEntry>.Empty
            : new ArraySegment<RegistryEntry>(view, (int)start, (int)Math.Min(PerPage, view.Length - start));
    }

    private static Comparison<RegistryEntry> Comparer(string? order, int sign) => order switch
    {
        "name" => (a, b) => sign * string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase),
        "email" => (a, b) => sign * string.Compare(a.Email, b.Email, StringComparison.OrdinalIgnoreCase),
        _ => (a, b) => sign * a.CreatedAt.CompareTo(b.CreatedAt),
    };

    private bool Wanted(RegistryEntry entry) =>
        (Provenance is null || string.Equals(entry.Provenance, Provenance, StringComparison.Ordinal))
        && (string.IsNullOrEmpty(Search)
            || entry.Name.Contains(Search, StringComparison.OrdinalIgnoreCase)
            || entry.Email.Contains(Search, StringComparison.OrdinalIgnoreCase)
            || (entry.Comments?.Contains(Search, StringComparison.OrdinalIgnoreCase) ?? false));

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
        if (Array.IndexOf(choices, text) < 0)
            Refuse(name, $"{name} must be one of {string.Join(", ", choices)}.");
        return text;
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
