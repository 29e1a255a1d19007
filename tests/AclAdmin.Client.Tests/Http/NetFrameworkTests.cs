using System;
using System.Net;
using System.Security.Authentication;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>What .NET Framework takes from settings of the process is chosen for a connection alone.</summary>
public sealed class NetFrameworkTests
{
    [Theory]
    [InlineData((SecurityProtocolType)0, SslProtocols.None)]
    [InlineData(SecurityProtocolType.Tls12, SslProtocols.None)]
    [InlineData(SecurityProtocolType.Tls12 | SecurityProtocolType.Tls13, SslProtocols.None)]
    [InlineData((SecurityProtocolType)192, SslProtocols.Tls12)]
    [InlineData((SecurityProtocolType)(48 | 192), SslProtocols.Tls12)]
    [InlineData((SecurityProtocolType)768, SslProtocols.Tls12)]
    [InlineData((SecurityProtocolType)12288, SslProtocols.Tls12)]
    public void Where_a_process_offers_no_tls_1_2_the_connection_does(SecurityProtocolType process, SslProtocols chosen) =>
        Assert.Equal(chosen, NetFramework.ChooseProtocols(process));

    [Fact]
    public void A_credential_for_the_systems_proxy_leaves_the_proxy_of_the_process_alone()
    {
        var shared = new WebProxy(new Uri("http://proxy.example.com:8080"), BypassOnLocal: false);
        var own = new SystemProxy(() => shared, new NetworkCredential("ann", "x"));
        var target = new Uri("https://api.example.com/");

        Assert.Equal(shared.Address, own.GetProxy(target));
        Assert.False(own.IsBypassed(target));
        Assert.Null(shared.Credentials);
        Assert.Equal("ann", own.Credentials!.GetCredential(shared.Address!, "Basic")!.UserName);
    }

    [Fact]
    public void Without_a_system_proxy_none_is_used() =>
        Assert.True(new SystemProxy(() => null, new NetworkCredential("ann", "x")).IsBypassed(new Uri("https://api.example.com/")));
}
