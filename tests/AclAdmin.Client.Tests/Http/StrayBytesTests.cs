using System;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>An answer that has no content by its status is complete with its headers, whatever follows them.</summary>
public sealed class StrayBytesTests
{
    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\nhello")]
    [InlineData("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n")]
    public async Task A_removal_answered_without_content_is_done(string answer)
    {
        await using var stub = StubServer.Start(request => request.Method == "DELETE"
            ? new StubAnswer(Encoding.ASCII.GetBytes(answer), Closes: false)
            : StubAnswer.Json(200, """{"rule_sid":"1"}"""));
        using var connection = Connections.ToCarrierX(stub.BaseUri, timeout: TimeSpan.FromSeconds(20), retry: new RetryPolicy(0));

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(int.Parse(answer[9..12], CultureInfo.InvariantCulture), (await SendAsync(connection, HttpMethod.Delete)).StatusCode);
            Assert.Equal(200, (await SendAsync(connection, HttpMethod.Get)).StatusCode);
        }

        Assert.Equal(6, stub.Requests.Count);
    }

    private static Task<ApiResponse> SendAsync(ApiConnection connection, HttpMethod method) => connection.SendAsync(
        new ApiRequest(method, RequestPath.Of("thing")) { Expected = method == HttpMethod.Delete ? ExpectedResponse.Nothing : ExpectedResponse.JsonObject },
        SilentObserver.Instance,
        Stage.Cancel);
}
