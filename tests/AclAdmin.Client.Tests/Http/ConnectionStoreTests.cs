using System.Linq;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>Connections by name, and which one is meant when none is named.</summary>
public sealed class ConnectionStoreTests
{
    private readonly ConnectionStore _store = new();

    [Fact]
    public void An_empty_store_has_nothing()
    {
        Assert.Empty(_store.All);
        Assert.Null(_store.Find("x"));
        Assert.Null(_store.FindDefault(CloudflareService.Instance));
        Assert.False(_store.Remove(Cloudflare("x")));
    }

    [Fact]
    public void A_connection_is_found_by_name_in_any_case()
    {
        var connection = Add(Cloudflare("Production"));

        Assert.Same(connection, _store.Find("PRODUCTION"));
        Assert.Null(_store.Find("prod"));
    }

    [Fact]
    public void The_one_connected_last_is_its_services_default()
    {
        Add(Cloudflare("a"));
        var second = Add(Cloudflare("b"));
        var other = Add(CarrierX("c"));

        Assert.Same(second, _store.FindDefault(CloudflareService.Instance));
        Assert.Same(other, _store.FindDefault(CarrierXService.Instance));
        Assert.Equal(["a", "b", "c"], _store.All.Select(connection => connection.Name));
    }

    [Fact]
    public void The_same_name_again_takes_the_place()
    {
        Add(Cloudflare("a"));
        var second = Add(Cloudflare("A"));

        Assert.Same(second, Assert.Single(_store.All));
        Assert.Same(second, _store.FindDefault(CloudflareService.Instance));
    }

    [Fact]
    public void What_was_replaced_cannot_remove_what_replaced_it()
    {
        var first = Add(Cloudflare("a"));
        var second = Add(Cloudflare("a"));

        Assert.False(_store.Remove(first));
        Assert.Same(second, _store.Find("a"));
    }

    [Fact]
    public void A_name_taken_over_by_the_other_service_is_no_default_of_the_first()
    {
        Add(Cloudflare("production"));
        var rules = Add(CarrierX("production"));

        Assert.Null(_store.FindDefault(CloudflareService.Instance));
        Assert.Same(rules, _store.FindDefault(CarrierXService.Instance));
    }

    [Fact]
    public void A_name_taken_over_by_the_other_service_leaves_the_default_to_one_that_is_still_there()
    {
        var remaining = Add(Cloudflare("a"));
        Add(Cloudflare("production"));
        Add(CarrierX("production"));

        Assert.Same(remaining, _store.FindDefault(CloudflareService.Instance));
    }

    [Fact]
    public void When_the_default_goes_another_of_the_service_takes_its_place()
    {
        var first = Add(Cloudflare("a"));
        var second = Add(Cloudflare("b"));
        Add(CarrierX("c"));

        Assert.True(_store.Remove(second));
        Assert.Same(first, _store.FindDefault(CloudflareService.Instance));
        Assert.True(_store.Remove(first));
        Assert.Null(_store.FindDefault(CloudflareService.Instance));
        Assert.NotNull(_store.FindDefault(CarrierXService.Instance));
        Assert.False(_store.Remove(first));
    }

    [Fact]
    public void Removing_another_leaves_the_default_alone()
    {
        var first = Add(Cloudflare("a"));
        var second = Add(Cloudflare("b"));

        Assert.True(_store.Remove(first));
        Assert.Same(second, _store.FindDefault(CloudflareService.Instance));
    }

    [Fact]
    public void There_is_one_store_for_the_process() => Assert.Same(ConnectionStore.Shared, ConnectionStore.Shared);

    private static ApiConnection Cloudflare(string name) => new(name, CloudflareService.Instance, Connections.Bearer("token-of-cloudflare"));

    private static ApiConnection CarrierX(string name) => new(name, CarrierXService.Instance, Connections.Bearer("token-of-carrierx"));

    private ApiConnection Add(ApiConnection connection)
    {
        _store.Add(connection);
        return connection;
    }
}
