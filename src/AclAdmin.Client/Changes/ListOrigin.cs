using System;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Where the changes of a journal or a plan belong, besides the account. The partners of CarrierX share one address, and which of them a request is for depends
/// on its credential alone; a list of Cloudflare is named by its account.
/// </summary>
/// <param name="Service">The service's name.</param>
/// <param name="Address">Its address.</param>
/// <param name="Partner">The partner; null where the service has none, or it is not known.</param>
/// <param name="Connection">The name of the connection, which counts where a partner is not known; null where the file has none.</param>
public sealed record ListOrigin(string Service, string Address, string? Partner, string? Connection)
{
    /// <summary>The origin of what is done through a connection, as far as it is known.</summary>
    public static ListOrigin Of(ApiConnection connection) => new(
        connection.Service.Name, connection.BaseUri.ToString(), connection.Credential.Owner is { Length: > 0 } partner ? partner : null, connection.Name);

    /// <summary>Finds the partner of a connection, with one request for each credential. Where it cannot be read, the connection's name takes its place.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="observer">Receives what the request reports.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async Task<ListOrigin> FindAsync(ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (connection.Service.PartnersPath is not null && connection.Credential.Owner is null)
        {
            try
            {
                connection.Credential.Owner = await PartnerIdentity.FindAsync(connection, observer, cancellationToken).ConfigureAwait(false) ?? "";
                if (connection.Credential.Owner.Length == 0)
                {
                    NoteUnknown("the service lists no single partner above the others");
                }
            }
            catch (AclException unread)
            {
                // What keeps it from being read for good is not tried again by every call.
                connection.Credential.Owner = unread.Kind is ErrorKind.PermissionDenied or ErrorKind.NotFound ? "" : null;
                NoteUnknown(unread.Message);
            }
        }

        return Of(connection);

        void NoteUnknown(string reason) => observer.OnNote(
            $"The partner of the connection '{connection.Name}' is not known: {reason} Journals and plans are compared by the connection's name.");
    }

    /// <summary>Whether a connection leads there.</summary>
    public bool IsOf(ApiConnection connection) => FindDifference(connection) is null;

    /// <summary>The difference from a connection: what differs, its value here, and its value there; null where there is none.</summary>
    public (string What, string? Here, string There)? FindDifference(ApiConnection connection)
    {
        var there = Of(connection);
        return Service != there.Service ? ("service", Service, there.Service)
            : Address != there.Address ? ("address", Address, there.Address)
            : connection.Service.PartnersPath is null ? null
            : Partner is not null && there.Partner is not null
                ? string.Equals(Partner, there.Partner, StringComparison.OrdinalIgnoreCase) ? null : ("partner", Partner, there.Partner)
            : Connection == there.Connection ? null
            : ("connection", Connection, there.Connection!);
    }

    /// <summary>Checks that a connection leads there.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: it leads elsewhere, or may.</exception>
    public void Check(ApiConnection connection)
    {
        if (FindDifference(connection) is { } difference)
        {
            var (what, here, there) = (difference.What, DisplayText.Of(difference.Here), DisplayText.Of(difference.There));
            throw new AclException(
                ErrorKind.ValidationFailed,
                what switch
                {
                    "partner" => $"The changes were made for the partner {here}, and the connection '{connection.Name}' is for the partner {there}. Nothing was sent.",
                    "connection" => $"The changes were made through the connection '{here}', and whether the connection '{there}' is for the same partner is not known. Nothing was sent.",
                    _ => $"The changes were made at {here}, and the connection '{connection.Name}' goes to {there}. Nothing was sent.",
                },
                what == "connection" ? $"Where it is the same partner, connect with -Name '{here}'." : $"Specify a connection to that {what} with -Connection.");
        }
    }
}
