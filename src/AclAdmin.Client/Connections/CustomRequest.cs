using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Connections;

/// <summary>A request of the caller's own, with a connection's credential, pacing, retries and redaction.</summary>
public sealed class CustomRequest
{
    /// <summary>The placeholder in a path for the connection's account.</summary>
    public const string AccountPlaceholder = "{account_id}";

    /// <summary>More pages than any list has.</summary>
    private const int MaxPages = 10_000;

    private static readonly string[] PagingNames = ["page", "offset", "cursor"];

    private readonly ApiConnection _connection;
    private readonly HttpMethod _method;
    private readonly RequestPath _path;
    private readonly byte[]? _body;
    private readonly bool _pages;

    /// <summary>Describes a request. Nothing is sent yet.</summary>
    /// <param name="connection">The connection to use.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, relative to the connection's base address; <see cref="AccountPlaceholder"/> in it is the connection's account.</param>
    /// <param name="query">The query's parameters, in their order.</param>
    /// <param name="body">The body; null for none.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: the path leads elsewhere, or a reading request has a body.</exception>
    public CustomRequest(ApiConnection connection, HttpMethod method, string path, IReadOnlyList<KeyValuePair<string, string>> query, JToken? body)
    {
        _connection = connection;
        _method = method;
        _path = query.Aggregate(RequestPath.Parse(WithAccount(path)), (built, parameter) => built.Query(parameter.Key, parameter.Value));
        _body = body is null ? null : Encoding.UTF8.GetBytes(body.ToString(Formatting.None));
        _pages = query.Any(parameter => PagingNames.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase));
        if (_body is not null && IsRead)
        {
            throw new AclException(ErrorKind.ValidationFailed, $"A {method} request has no body.", "Specify -Method POST, PUT or PATCH, or omit -Body.");
        }
    }

    /// <summary>Whether the request changes nothing at the service.</summary>
    public bool IsRead => _method == HttpMethod.Get || _method == HttpMethod.Head;

    /// <summary>The path and the query, for messages.</summary>
    public string Target => _path.ToString();

    /// <summary>Sends the request.</summary>
    /// <returns>The JSON object of the answer; null where the answer has no content.</returns>
    /// <exception cref="AclException">It was refused, or no try was answered.</exception>
    public async Task<JObject?> SendAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(_method, _path)
        {
            Body = _body,
            Expected = ExpectedResponse.Nothing,
            MaxAnswerBytes = ApiRequest.MaxPageBytes,

            // The effect of repeating a PATCH on a foreign path is not known.
            IsRepeatable = IsRead || _method == HttpMethod.Put || _method == HttpMethod.Delete,
        };
        var answer = await _connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        return answer.Body.IsEmpty ? null : answer.Body.Tree;
    }

    /// <summary>Starts reading a list to its end, page by page.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: it is not a GET, or the query specifies a page itself.</exception>
    public CustomRequestPages ReadPages()
    {
        if (_method != HttpMethod.Get || _pages)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                _pages ? "The query specifies a page, and all pages are to be read." : $"Only a GET has pages, and this is a {_method}.",
                "Omit -All, or the page in -Query.");
        }

        return new CustomRequestPages(_connection, _path, MaxPages);
    }

    private string WithAccount(string path) => !path.Contains(AccountPlaceholder)
        ? path
        : path.Replace(AccountPlaceholder, _connection.AccountId ?? throw new AclException(
            ErrorKind.ValidationFailed, $"The connection '{_connection.Name}' has no account to put in the place of {AccountPlaceholder}.", "Write the account's id."));
}

/// <summary>The pages of a list for which this version has no type.</summary>
public sealed class CustomRequestPages
{
    private readonly ApiConnection _connection;
    private readonly RequestPath _path;
    private readonly int _maxPages;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private RequestPath? _next;
    private int _page = 1;
    private long _read;
    private long _memory;

    internal CustomRequestPages(ApiConnection connection, RequestPath path, int maxPages)
    {
        _connection = connection;
        _path = path;
        _next = path;
        _maxPages = maxPages;
    }

    private bool IsCarrierX => _connection.Service is CarrierXService;

    /// <summary>Reads the next page.</summary>
    /// <returns>Its items; null when there is none.</returns>
    /// <exception cref="AclException">
    /// It could not be read, or <see cref="ErrorKind.UnexpectedResponse"/>: the answer has no list, or the list does not end.
    /// </exception>
    public async Task<IReadOnlyList<JToken>?> NextAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (_next is not { } path)
        {
            return null;
        }

        var request = new ApiRequest(HttpMethod.Get, path) { MaxAnswerBytes = ApiRequest.MaxPageBytes };
        var answer = (await _connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false)).Body;
        var body = answer.Tree;
        var name = IsCarrierX ? "items" : "result";
        if (body[name] is not JArray items)
        {
            throw new AclException(ErrorKind.UnexpectedResponse, $"The answer to {request} has no list '{name}'.", "Omit -All.");
        }

        // Some endpoints repeat the last page for every later number.
        var before = _seen.Count;
        _seen.UnionWith(items.Select(IdentityOf));
        if (_seen.Count == before)
        {
            _next = null;
            return null;
        }

        if ((_memory += answer.MemoryBytes) > _connection.MaxReadBytes)
        {
            throw new AclException(
                ErrorKind.UnexpectedResponse,
                FormattableString.Invariant($"The list of {request} takes more than the {_connection.MaxReadBytes / (1024 * 1024):#,0} MB of memory that the connection allows."),
                "Omit -All, or connect with a larger -MaxReadMegabytes.");
        }

        if (_page >= _maxPages)
        {
            throw new AclException(ErrorKind.UnexpectedResponse, FormattableString.Invariant($"The list of {request} does not end: {_page:#,0} pages were read."));
        }

        _read += items.Count;
        _page++;
        _next = IsCarrierX ? NextByOffset(body) : NextByPage(body, items.Count);
        return items.ToArray();
    }

    /// <summary>What distinguishes an item: its id, or else all of it.</summary>
    private static string IdentityOf(JToken item) => ((item as JObject)?.Properties().FirstOrDefault(IsId)?.Value ?? item).ToString(Formatting.None);

    private static bool IsId(JProperty property) => property is { Name: "id" or "sid", Value.Type: JTokenType.String or JTokenType.Integer };

    private RequestPath? NextByOffset(JObject body) => body["has_more"] is JValue { Value: false } ? null : _path.Query("offset", _read);

    /// <summary>Lists with a cursor name the next one; others count pages, and end with a page that is not full.</summary>
    private RequestPath? NextByPage(JObject body, int count)
    {
        var info = body["result_info"] as JObject;
        if ((info?["cursor"] ?? (info?["cursors"] as JObject)?["after"]) is { } cursor)
        {
            return (cursor as JValue)?.Value is string { Length: > 0 } after ? _path.Query("cursor", after) : null;
        }

        var isLast = info is null || Number(info["total_pages"]) < _page || (Number(info["per_page"]) > count && !(Number(info["total_count"]) > _read));
        return isLast ? null : _path.Query("page", _page);
    }

    private static long? Number(JToken? token) => (token as JValue)?.Value is long number ? number : null;
}
