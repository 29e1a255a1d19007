using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AclAdmin.Client.Http.Pacing;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Http.Responses;

/// <summary>What the pipeline must know of a service: its address, its refusals and its limit.</summary>
public abstract class ServiceProfile
{
    /// <summary>The service's name in messages.</summary>
    public abstract string Name { get; }

    /// <summary>The public base address.</summary>
    public abstract Uri DefaultBaseUri { get; }

    /// <summary>The documented request limit; null where there is none.</summary>
    public abstract PacingRule? DocumentedLimit { get; }

    /// <summary>The response header with the service's id for a request; null where it has none.</summary>
    public abstract string? RequestIdHeader { get; }

    /// <summary>Reads the errors of an answer.</summary>
    /// <returns>None when the body does not hold any that can be read.</returns>
    public abstract IReadOnlyList<ApiError> ReadErrors(JObject body);

    /// <summary>What the body of a 2xx answer reports: true for success, false for a failure, null where it is not what the service promises.</summary>
    public abstract bool? ReportsSuccess(JsonBody body);

    /// <summary>Whether a body shows the result of a request that was carried out, whatever the status of the answer.</summary>
    public abstract bool ShowsResult(JsonBody body);

    /// <summary>Whether the errors report that the credential itself is refused, whatever the status.</summary>
    public virtual bool RefusesCredential(IReadOnlyList<ApiError> errors) => false;

    /// <summary>Whether an answer that refuses the credential may as well mean a valid credential without the permission.</summary>
    public virtual bool MayLackPermission(int status, IReadOnlyList<ApiError> errors) => false;

    /// <summary>
    /// Whether the errors report that there is nothing at an address like this, so that not the item is missing but an id in the address is wrong.
    /// </summary>
    public virtual bool ReportsNoRoute(IReadOnlyList<ApiError> errors) => false;

    /// <summary>The account that a path names; null where it names none.</summary>
    /// <param name="path">The path behind the base address.</param>
    public virtual string? AccountOf(string path) => null;

    /// <summary>Where the service lists the partners that a credential sees, which share its address; null where it has none.</summary>
    public virtual string? PartnersPath => null;

    /// <summary>The environment variable with the account of a connection; null where the service has no accounts.</summary>
    public virtual string? AccountVariable => null;

    /// <summary>Checks a base address.</summary>
    /// <returns>The address with one slash at the end, so that paths can be put behind it.</returns>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: neither https nor this machine, or more than an address and a path.</exception>
    public static Uri CheckBaseUri(Uri address)
    {
        if (!address.IsAbsoluteUri
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            || address.UserInfo.Length > 0
            || address.Query.Length > 0
            || address.Fragment.Length > 0)
        {
            // The address may hold a password, so it is not repeated.
            throw new AclException(
                ErrorKind.ValidationFailed,
                "A base address must be https (http is allowed to this machine alone) and hold no user, query or fragment.",
                "Give an address such as https://api.example.com/v1.");
        }

        return new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
    }

    /// <summary>Reads one value as text, null where there is none.</summary>
    protected static string? TextOf(JToken? token) => token is JValue { Value: not null } value ? value.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>The objects of an array; none where it is not an array.</summary>
    protected static IEnumerable<JObject> ObjectsOf(JToken? token) => token is JArray items ? items.OfType<JObject>() : Enumerable.Empty<JObject>();
}
