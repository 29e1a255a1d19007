using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AclAdmin.Client.Http.Requests;

/// <summary>The part of an address behind the base: the one place where requests' paths and queries are built.</summary>
public sealed class RequestPath
{
    private const int MaxIdLength = 64;
    private const int MaxPathLength = 2000;

    private readonly string _path;
    private readonly string _query;

    private RequestPath(string path, string query)
    {
        _path = path;
        _query = query;
    }

    /// <summary>A path of segments, each escaped.</summary>
    public static RequestPath Of(params string[] segments) => new(string.Join("/", segments.Select(Uri.EscapeDataString)), "");

    /// <summary>
    /// Reads a path that a person wrote, such as <c>/accounts/x/tokens/verify</c>. Each segment is decoded once and escaped again, so that nothing in it leads
    /// out of the base address: no other host, no <c>..</c>, no encoded separator.
    /// </summary>
    /// <param name="text">The path, without a query.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: it is not such a path.</exception>
    public static RequestPath Parse(string text)
    {
        var segments = (text.StartsWith("/", StringComparison.Ordinal) ? text.Substring(1) : text).Split('/');
        if (text.Length > MaxPathLength)
        {
            throw Refuse(text, $"it has more than {MaxPathLength} characters");
        }

        if (text.IndexOfAny(['?', '#']) >= 0)
        {
            throw Refuse(text, "it contains a query or a fragment; specify a query with -Query");
        }

        if (segments[0].IndexOf(':') >= 0)
        {
            throw Refuse(text, "it is a whole address; specify the part behind the connection's base address");
        }

        for (var index = 0; index < segments.Length; index++)
        {
            var plain = Uri.UnescapeDataString(segments[index]);
            if (plain.Length == 0 || plain.Trim('.').Length == 0 || plain.IndexOfAny(['/', '\\', '%', '?', '#']) >= 0 || !plain.All(IsGraphic))
            {
                throw Refuse(text, plain.Length == 0 ? "it contains an empty segment" : $"the segment '{DisplayText.Of(segments[index], MaxIdLength)}' is not accepted");
            }

            segments[index] = plain;
        }

        return Of(segments);
    }

    private static bool IsGraphic(char character) => !char.IsControl(character) && !char.IsWhiteSpace(character) && !char.IsSurrogate(character)
        && char.GetUnicodeCategory(character) != UnicodeCategory.Format;

    private static AclException Refuse(string text, string reason) => new(
        ErrorKind.ValidationFailed,
        $"The path '{DisplayText.Of(text, MaxIdLength * 2)}' cannot be requested: {reason}.",
        "Specify a path behind the connection's base address, such as accounts/{account_id}/tokens/verify.");

    /// <summary>Whether a text can be an id: opaque, but made of letters, digits, <c>-</c> and <c>_</c>, 64 at most.</summary>
    public static bool IsId(string text)
    {
        if (text.Length is 0 or > MaxIdLength)
        {
            return false;
        }

        foreach (var character in text)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Refuses a text that cannot be an id, so that it never becomes part of an address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is the id of, for the message.</param>
    /// <returns>The text.</returns>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: it cannot be an id.</exception>
    public static string CheckId(string text, string name) => IsId(text)
        ? text
        : throw new AclException(
            ErrorKind.ValidationFailed,
            $"{name} '{DisplayText.Of(text, MaxIdLength * 2)}' cannot be an id: allowed are letters, digits, '-' and '_', {MaxIdLength} at most.",
            "Copy the id from the service or from the output of the matching Get- cmdlet.");

    /// <summary>The same path, one id further down.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: it cannot be an id.</exception>
    public RequestPath WithId(string id, string name) => new($"{_path}/{Uri.EscapeDataString(CheckId(id, name))}", _query);

    /// <summary>The same path, one segment further down.</summary>
    public RequestPath With(string segment) => new($"{_path}/{Uri.EscapeDataString(segment)}", _query);

    /// <summary>The same path with another query parameter; a null value leaves it out.</summary>
    public RequestPath Query(string name, object? value)
    {
        if (value is null)
        {
            return this;
        }

        var text = new StringBuilder(_query);
        text.Append(_query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=');
        text.Append(Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        return new RequestPath(_path, text.ToString());
    }

    /// <summary>The path and the query.</summary>
    public override string ToString() => _path + _query;
}
