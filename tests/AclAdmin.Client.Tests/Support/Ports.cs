using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AclAdmin.Client.Tests;

/// <summary>Addresses at which nobody answers.</summary>
internal static class Ports
{
    /// <summary>An address whose port refuses connections.</summary>
    public static Uri Refused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
    }
}
