using System;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>Where a credential may go, and what may become part of an address.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("https://api.example.com/v1", "https://api.example.com/v1/")]
    [InlineData("https://api.example.com/v1/", "https://api.example.com/v1/")]
    [InlineData("https://api.example.com", "https://api.example.com/")]
    [InlineData("https://api.example.com:8443/v1//", "https://api.example.com:8443/v1/")]
    [InlineData("http://127.0.0.1:5000/v1", "http://127.0.0.1:5000/v1/")]
    [InlineData("http://[::1]:5000/v1", "http://[::1]:5000/v1/")]
    [InlineData("http://localhost/v1", "http://localhost/v1/")]
    public void A_base_address_is_https_or_this_machine(string address, string expected) =>
        Assert.Equal(expected, ServiceProfile.CheckBaseUri(new Uri(address)).AbsoluteUri);

    [Theory]
    [InlineData("http://secret.example.com/v1")]
    [InlineData("http://127.0.0.1.secret.example.com/")]
    [InlineData("http://localhost.secret.example.com/")]
    [InlineData("http://10.0.0.1/secret")]
    [InlineData("http://0.0.0.0/secret")]
    [InlineData("ftp://secret.example.com/")]
    [InlineData("file:///secret")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://secret@example.com/")]
    [InlineData("http://user:secret@127.0.0.1/")]
    [InlineData("https://example.com/?token=secret")]
    [InlineData("https://example.com/#secret")]
    [InlineData("/secret")]
    [InlineData("secret")]
    public void Anything_else_is_refused_and_not_repeated(string address)
    {
        var error = Assert.Throws<AclException>(() => ServiceProfile.CheckBaseUri(new Uri(address, UriKind.RelativeOrAbsolute)));

        Assert.Equal(ErrorKind.ValidationFailed, error.Kind);
        Assert.DoesNotContain("secret", error.ToString());
        Assert.DoesNotContain("secret", error.RecommendedAction);
    }

    [Fact]
    public void A_connection_checks_its_base_address()
    {
        var options = new ConnectionOptions { BaseUri = new Uri("http://example.com/") };

        Assert.Throws<AclException>(() => new ApiConnection("x", CloudflareService.Instance, Connections.Bearer("token"), options));
        using var connection = new ApiConnection("x", CloudflareService.Instance, Connections.Bearer("token"));
        Assert.Equal("https://api.cloudflare.com/client/v4/", connection.BaseUri.AbsoluteUri);
    }

    [Theory]
    [InlineData("f174e90a-fafe-4643-bbbc-4a0ed4fc8415")]
    [InlineData("12444788")]
    [InlineData("A_b-9")]
    [InlineData("x")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void An_id_is_letters_digits_hyphens_and_underscores(string id)
    {
        Assert.True(RequestPath.IsId(id));
        Assert.Equal(id, RequestPath.CheckId(id, "Id"));
        Assert.Equal("things/" + id, RequestPath.Of("things").WithId(id, "Id").ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("%2e")]
    [InlineData("a%2fb")]
    [InlineData("a b")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("a:b")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("ä")]
    [InlineData("１２")]
    [InlineData("ａ")]
    [InlineData("٣")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Anything_else_is_no_id(string id)
    {
        Assert.False(RequestPath.IsId(id));
        var error = Assert.Throws<AclException>(() => RequestPath.Of("things").WithId(id, "Thing id"));
        Assert.Equal(ErrorKind.ValidationFailed, error.Kind);
        Assert.StartsWith("Thing id ", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
    }

    [Fact]
    public void Segments_and_query_values_are_escaped_and_null_leaves_a_parameter_out()
    {
        var path = RequestPath.Of("a b", "c/d?").With("e#f").Query("q", "x&y=z+ %/名").Query("none", null).Query("n", 1000).Query("empty", "");

        Assert.Equal("a%20b/c%2Fd%3F/e%23f?q=x%26y%3Dz%2B%20%25%2F%E5%90%8D&n=1000&empty=", path.ToString());
    }

    [Fact]
    public void A_path_does_not_change_when_another_is_made_of_it()
    {
        var path = RequestPath.Of("things");
        _ = path.WithId("x", "Id").Query("a", 1);
        _ = path.Query("a", 2);

        Assert.Equal("things", path.ToString());
    }

    [Fact]
    public void A_list_query_is_filtered_only_by_what_leaves_items_out()
    {
        Assert.False(ImpersonationRegistryDefinition.Query(orderBy: "name", descending: true).IsFiltered);
        Assert.True(ImpersonationRegistryDefinition.Query(search: "x").IsFiltered);
        Assert.True(ImpersonationRegistryDefinition.Query(provenance: "A1S_INTERNAL").IsFiltered);
        Assert.False(new ListQuery().Filter("a", null).IsFiltered);
    }
}
