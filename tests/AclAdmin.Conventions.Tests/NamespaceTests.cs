using System;
using System.IO;
using System.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>The namespaces of the shipped assemblies stand on floors: each uses only what is below it.</summary>
public sealed class NamespaceTests
{
    /// <summary>What two namespaces share in a circle belongs to neither, and neither can be read, tested or changed without the other.</summary>
    [Theory]
    [InlineData("AclAdmin.Client.dll")]
    [InlineData("AclAdmin.dll")]
    public void Namespaces_use_only_what_is_on_floors_below_them(string assembly)
    {
        var graph = NamespaceGraph.Read(Path.Combine(Repository.ModuleOutput, assembly));
        var floors = string.Join(Environment.NewLine, graph.GetFloors().Select((floor, index) => $"  floor {index}: {string.Join(", ", floor)}").Reverse());
        TestContext.Current.TestOutputHelper?.WriteLine($"{assembly}{Environment.NewLine}{floors}");

        Assert.True(graph.Uses.Count > 3, $"Only {graph.Uses.Count} namespaces were found in {assembly}.");
        Rule.Holds(graph.GetCircles(), $"move what both need to a floor below both. The floors that hold:{Environment.NewLine}{floors}");
    }

    /// <summary>The HTTP layer serves every service and knows none; a service knows no other.</summary>
    [Theory]
    [InlineData("AclAdmin.Client.Http", "AclAdmin.Client.Resources")]
    [InlineData("AclAdmin.Client.Resources", "AclAdmin.Client.Cloudflare")]
    [InlineData("AclAdmin.Client.Resources", "AclAdmin.Client.CarrierX")]
    [InlineData("AclAdmin.Client.Resources", "AclAdmin.Client.Changes")]
    [InlineData("AclAdmin.Client.Cloudflare", "AclAdmin.Client.CarrierX")]
    [InlineData("AclAdmin.Client.CarrierX", "AclAdmin.Client.Cloudflare")]
    [InlineData("AclAdmin.Client.Changes", "AclAdmin.Client.Cloudflare")]
    [InlineData("AclAdmin.Client.Changes", "AclAdmin.Client.CarrierX")]
    public void A_namespace_does_not_know(string user, string unknown)
    {
        var graph = NamespaceGraph.Read(Path.Combine(Repository.ModuleOutput, "AclAdmin.Client.dll"));

        Assert.DoesNotContain(unknown, graph.Uses[user]);
    }
}
