using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>The bytes of an answer on their way in: of any length and framing, packed or not, and never more than can be held.</summary>
public sealed class AnswerBytesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    public async Task Answers_of_any_length_arrive_whole_with_and_without_a_length(int characters)
    {
        var name = new string('n', characters);
        var body = $$"""{"success":true,"errors":[],"result":{"name":"{{name}}"} }""";
        await using var stub = StubServer.Start(request => request.Target.EndsWith("/chunked", StringComparison.Ordinal)
            ? StubAnswer.Raw($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n")
            : StubAnswer.Json(200, body));
        var client = ClientOf(stub);

        Assert.Equal(name, (await client.GetAsync("plain", SilentObserver.Instance, Stage.Cancel)).Name);
        Assert.Equal(name, (await client.GetAsync("chunked", SilentObserver.Instance, Stage.Cancel)).Name);
        Assert.Equal(name, (await client.PatchAsync("plain", Patch.Entry(("comments", "x")), SilentObserver.Instance, Stage.Cancel))!.Name);
    }

    [Fact]
    public async Task Lists_may_come_packed_and_answers_to_writes_are_not_asked_for_that_way()
    {
        await using var stub = StubServer.Start(request => request.Method == "GET"
            ? Packed("""{"success":true,"result":[{"id":"e","name":"Dana"}],"result_info":{"total_count":1,"per_page":20}}"""u8.ToArray())
            : StubAnswer.Json(200, """{"success":true,"result":{}}"""));
        var client = ClientOf(stub);

        var page = await client.ReadPageAsync(new ListQuery(), new PageCursor(1, 0, 20), SilentObserver.Instance, Stage.Cancel);
        await client.PatchAsync("e", Patch.Entry(("comments", "x")), SilentObserver.Instance, Stage.Cancel);

        Assert.Equal("Dana", Assert.Single(page.Items).Name);
        Assert.Equal(["gzip", null], stub.Requests.Select(request => request.Headers.GetValueOrDefault("Accept-Encoding")));
    }

    [Fact]
    public async Task A_small_answer_that_unpacks_to_more_than_can_be_held_is_given_up()
    {
        await using var stub = StubServer.Start(_ => Packed(new byte[100 * 1024 * 1024]));

        var item = await Assert.ThrowsAsync<AclException>(() => ClientOf(stub).GetAsync("e", SilentObserver.Instance, Stage.Cancel));
        var page = await Assert.ThrowsAsync<AclException>(
            () => ClientOf(stub).ReadPageAsync(new ListQuery(), new PageCursor(1, 0, 20), SilentObserver.Instance, Stage.Cancel));

        Assert.Equal((ErrorKind.UnexpectedResponse, 1, false), (item.Kind, item.Attempts, item.OutcomeIsUnknown));
        Assert.Contains("more than 1,048,576 bytes", item.Message, StringComparison.Ordinal);
        Assert.Contains("more than 16,777,216 bytes", page.Message, StringComparison.Ordinal);
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task A_huge_answer_to_a_write_leaves_its_outcome_open_and_is_not_asked_for_again()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, new string(' ', 2 * 1024 * 1024)));

        var error = await Assert.ThrowsAsync<AclException>(
            () => ClientOf(stub).PatchAsync("e", Patch.Entry(("comments", "x")), SilentObserver.Instance, Stage.Cancel));

        Assert.Equal((ErrorKind.UnexpectedResponse, 200, 1, true), (error.Kind, error.StatusCode, error.Attempts, error.OutcomeIsUnknown));
        Assert.Contains("more than 1,048,", error.Message, StringComparison.Ordinal);
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData(400, ErrorKind.ValidationFailed, 1)]
    [InlineData(502, ErrorKind.UnexpectedResponse, 4)]
    public async Task A_huge_error_is_what_its_status_states(int status, ErrorKind expected, int attempts)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(status, new string(' ', 2 * 1024 * 1024)));

        var error = await Assert.ThrowsAsync<AclException>(
            () => ClientOf(stub).PatchAsync("e", Patch.Entry(("comments", "x")), SilentObserver.Instance, Stage.Cancel));

        Assert.Equal((expected, status, attempts), (error.Kind, error.StatusCode, error.Attempts));
    }

    [Fact]
    public async Task A_write_that_sends_much_may_be_answered_with_as_much()
    {
        var comments = new string('c', 3 * 1024 * 1024);
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, $$"""{"success":true,"result":{"id":"e","comments":"{{comments}}"} }"""));

        var entry = await ClientOf(stub).PatchAsync("e", Patch.Entry(("comments", comments)), SilentObserver.Instance, Stage.Cancel);

        Assert.Equal(comments, entry!.Comments);
    }

    [Fact]
    public async Task Large_answers_wait_for_each_other_and_all_are_read_in_the_end()
    {
        var name = new string('n', 700_000);
        var body = $$"""{"success":true,"errors":[],"result":{"id":"e","name":"{{name}}"} }""";
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, body));
        var client = ClientOf(stub);

        var read = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => client.GetAsync("e", SilentObserver.Instance, Stage.Cancel)));

        Assert.All(read, entry => Assert.Equal(name.Length, entry.Name!.Length));
    }

    [Theory]
    [InlineData(3_000_000_000, ErrorKind.UnexpectedResponse)]
    [InlineData(1_000_000, ErrorKind.Unreachable)]
    [InlineData(500, ErrorKind.Unreachable)]
    public async Task A_length_that_is_not_kept_is_a_broken_answer_and_nothing_is_set_aside_for_it(long promised, ErrorKind expected)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Raw($"HTTP/1.1 200 OK\r\nContent-Length: {promised}\r\n\r\n{{\"success\":true"));

        var error = await Assert.ThrowsAsync<AclException>(
            () => ClientOf(stub, retries: 0).PatchAsync("e", Patch.Entry(("comments", "x")), SilentObserver.Instance, Stage.Cancel));

        Assert.Equal((expected, true), (error.Kind, error.OutcomeIsUnknown));
    }

    private static IResourceClient<ImpersonationRegistryEntry> ClientOf(StubServer stub, int retries = RetryPolicy.DefaultMaxRetryCount) =>
        ImpersonationRegistryDefinition.Instance.OpenClient(Connections.ToCloudflare(stub.BaseUri, retry: new RetryPolicy(retries, seed: 1)), "account");

    private static StubAnswer Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Fastest))
        {
            packer.Write(body);
        }

        var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.ToArray().Length}\r\n\r\n";
        return new StubAnswer([.. Encoding.ASCII.GetBytes(head), .. packed.ToArray()], Closes: false);
    }
}
