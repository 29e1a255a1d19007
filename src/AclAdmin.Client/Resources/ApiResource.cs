using System;
using System.Globalization;
using System.Linq;
using AclAdmin.Client.Http.Credentials;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>
/// One item as a service showed it: immutable, and with every field the service sent, those unknown to this version included.
/// Members that are not fields of the item are methods, so that tables and exports contain fields only.
/// </summary>
public abstract class ApiResource
{
    private readonly Func<JObject>? _read;
    private JObject? _known;

    /// <summary>Keeps the JSON object of an answer. The caller does not change it afterwards.</summary>
    protected ApiResource(JObject fields)
    {
        _known = fields;
    }

    /// <summary>
    /// Keeps a function that returns the JSON object of an answer, so that an object that is never used is not parsed. It returns the same object
    /// each time.
    /// </summary>
    private protected ApiResource(Func<JObject> read)
    {
        _read = read;
    }

    /// <summary>The fields that the service sent and this version does not know, as one JSON text; null when there are none.</summary>
    public string? AdditionalFields
    {
        get
        {
            var descriptor = GetDescriptor();
            var unknown = Fields.Properties().Where(property => !descriptor.Knows(property.Name)).ToArray();
            return unknown.Length == 0 ? null : new JObject(unknown.Select(property => property.DeepClone()).ToArray()).ToString(Formatting.None);
        }
    }

    private JObject Fields => _known ??= _read!();

    /// <summary>The field table of this kind of item.</summary>
    internal abstract ResourceDescriptor GetDescriptor();

    /// <summary>The item's id; empty when the service did not send it.</summary>
    internal virtual string GetIdentity() => Text(GetDescriptor().Identity.Name) ?? "";

    /// <summary>The item's display name, for messages; null when it has none.</summary>
    internal virtual string? GetDisplayName() => Text(GetDescriptor().DisplayField);

    /// <summary>A one-line description that distinguishes it from other items.</summary>
    internal virtual string GetDescription() => GetDisplayName() ?? GetIdentity();

    /// <summary>The error with which the service would refuse a change, as far as the fields show it.</summary>
    /// <returns>Null when the fields allow a change.</returns>
    internal abstract AclException? GetReadOnlyReason();

    /// <summary>The value of a field by its API name; null (not JSON null) where the service did not send it.</summary>
    internal JToken? GetField(string name) => Fields[name];

    /// <summary>The JSON object that the service sent, with the service's own field names.</summary>
    public string ToJson() => Fields.ToString(Formatting.None);

    /// <summary>The JSON object that the service sent, as a copy.</summary>
    internal JObject CopyFields() => (JObject)Fields.DeepClone();

    /// <inheritdoc/>
    public override string ToString() => Redactor.RedactAll(
        GetDisplayName() is { Length: > 0 } name ? $"{DisplayText.Of(GetIdentity())} ({DisplayText.Of(name)})" : DisplayText.Of(GetIdentity()));

    /// <summary>A text field; numbers, which old answers have for ids, as invariant text.</summary>
    protected string? Text(string name) => Fields[name] switch
    {
        JValue { Value: null } or null => null,
        JValue { Value: IFormattable value } => value.ToString(null, CultureInfo.InvariantCulture),
        JValue { Value: var value } => value!.ToString(),
        var token => token.ToString(Formatting.None),
    };

    /// <summary>A boolean field; null where it is missing or of another type.</summary>
    protected bool? Flag(string name) => Fields[name] is JValue { Value: bool value } ? value : null;

    /// <summary>An integer field; null where it is missing or of another type.</summary>
    protected long? Number(string name) => Fields[name] is JValue { Value: long value } ? value : null;

    /// <summary>A list of texts; null where it is missing or of another type.</summary>
    protected TextList? List(string name) => Fields[name] is JArray items ? new TextList(items.Select(item => item.ToString())) : null;

    /// <summary>A time in UTC; fractions of any length are read, as the services vary between none and six digits.</summary>
    protected DateTime? Time(string name) =>
        DateTime.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
