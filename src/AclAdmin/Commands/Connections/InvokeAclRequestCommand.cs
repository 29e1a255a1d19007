using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using AclAdmin.Client;
using AclAdmin.Client.Connections;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Commands;

/// <summary>Sends a custom request in the same way as the other cmdlets send theirs.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AclRequest", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class InvokeAclRequestCommand : ConnectedCommand
{
    /// <summary>The path, relative to the connection's base address.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string Path { get; set; } = "";

    /// <summary>The method.</summary>
    [Parameter]
    [ValidateSet("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")]
    public string Method { get; set; } = "GET";

    /// <summary>The body: a hashtable, an object, or JSON.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public object? Body { get; set; }

    /// <summary>The query's parameters; a list makes one parameter of each item, and one without a value is omitted.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public IDictionary Query { get; set; } = new Hashtable();

    /// <summary>Reads a list to its end and writes its items.</summary>
    [Parameter]
    [Alias("FollowPages")]
    public SwitchParameter All { get; set; }

    private protected override ServiceProfile? Service => null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryCreate() is not { } request)
        {
            return;
        }

        if (!request.IsRead && !ShouldProcess($"{request.Target} on {ActiveConnection.Service.Name} by the connection '{ActiveConnection.Name}'", Method))
        {
            return;
        }

        if (All)
        {
            WriteAll(request);
        }
        else if (TryAwait(() => request.SendAsync(Reporter, Cancellation), Path, out var answer) && answer is not null)
        {
            WriteObject(JsonConversion.ToObject(answer));
        }
    }

    private CustomRequest? TryCreate()
    {
        AclException failure;
        var connection = ActiveConnection;
        try
        {
            var method = new HttpMethod(Method.ToUpperInvariant());
            return new CustomRequest(connection, method, Path, ReadQuery().ToArray(), Body is null ? null : JsonConversion.ToBody(Body));
        }
        catch (AclException refused)
        {
            failure = refused;
        }

        WriteFailure(failure, Path);
        return null;
    }

    private void WriteAll(CustomRequest request)
    {
        CustomRequestPages? pages = null;
        while (TryAwait(() => (pages ??= request.ReadPages()).NextAsync(Reporter, Cancellation), Path, out var items) && items is not null)
        {
            foreach (var item in items)
            {
                WriteObject(JsonConversion.ToObject(item));
            }
        }
    }

    private IEnumerable<KeyValuePair<string, string>> ReadQuery() =>
        from entry in Query.Cast<DictionaryEntry>()
        let value = FieldAttribute.Unwrap(entry.Value)
        from item in value is IEnumerable items and not string ? items.Cast<object?>() : [value]
        where item is not null
        select new KeyValuePair<string, string>(JsonConversion.ToText(entry.Key), JsonConversion.ToText(item));
}
