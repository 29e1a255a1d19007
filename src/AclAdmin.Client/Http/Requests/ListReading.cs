namespace AclAdmin.Client.Http.Requests;

/// <summary>How far the reading of a list is.</summary>
/// <param name="Items">What the list has, in words and plural.</param>
/// <param name="Read">How many items there are up to the last page that was read.</param>
/// <param name="Total">How many items are to be read; null where the service does not state it for this list.</param>
/// <param name="IsEnded">Whether nothing more is read, whatever the reason.</param>
public sealed record ListReading(string Items, long Read, long? Total, bool IsEnded = false);
