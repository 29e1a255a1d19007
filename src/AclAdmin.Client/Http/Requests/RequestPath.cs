using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AclAdmin.Client.Http.Requests;

/// <summary>The part of an address behind the base: the one place where requests' paths and queries are built.</summary>
public sealed class RequestPath
{
    private const int MaxIdLength = 64;

    private readonly string _path;
    private readonly string _query;

    private RequestPath(string path, string query)
    {
        _path = path;
        _query = query;
    }

    /// <summary>A path of segments, each escaped.</summary>
    public static RequestPath Of(params string[] segments) => new(string.Join("/", segments.Select(Uri.EscapeDataString)), "");

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
