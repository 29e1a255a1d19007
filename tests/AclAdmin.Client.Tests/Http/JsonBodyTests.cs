using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>An answer's body is read to its end whether or not anybody looks into it, so that a piece of an answer never passes for the whole.</summary>
public sealed class JsonBodyTests
{
    private const string Answer = """{"success":true,"errors":[],"result":{"id":"a","name":"Zo\u00eb \"Z\" ü","n":1.50,"tags":["x",null]},"messages":[{}]}""";

    [Fact]
    public void A_body_that_is_cut_off_anywhere_is_none()
    {
        var whole = Encoding.UTF8.GetBytes(Answer);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Null(JsonBody.Read(whole[..length]));
            Assert.Null(JsonBody.Load(whole[..length]));
        }

        Assert.NotNull(JsonBody.Read(whole));
        Assert.NotNull(JsonBody.Load(whole));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("<html></html>")]
    [InlineData("{}{}")]
    [InlineData("{} garbage")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{]")]
    public void What_is_no_single_object_is_none(string text)
    {
        Assert.Null(JsonBody.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Null(JsonBody.Load(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Depth_has_an_end()
    {
        var deep = Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 100) + new string(']', 100) + "}");

        Assert.Null(JsonBody.Read(deep));
        Assert.Null(JsonBody.Load(deep));
    }

    [Theory]
    [InlineData("{\"n\":1e400}")]
    [InlineData("{\"n\":-1e99999}")]
    [InlineData("{\"n\":1e99999999999999999999}")]
    public void A_number_that_nothing_holds_is_no_answer_and_throws_nothing(string text)
    {
        Assert.Null(JsonBody.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Null(JsonBody.Load(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(300)]
    [InlineData(5000)]
    public void A_huge_whole_number_throws_nothing(int digits)
    {
        var text = Encoding.UTF8.GetBytes("{\"id\":" + new string('9', digits) + "}");

        Assert.Null(JsonBody.Read(text)?.GetId("id"));
        Assert.Equal(JsonBody.Read(text) is null, JsonBody.Load(text) is null);
    }

    [Fact]
    public void More_values_than_memory_is_spent_on_are_no_answer()
    {
        var many = Encoding.UTF8.GetBytes("{\"a\":[" + string.Join(",", Enumerable.Repeat("0", 1_000_000)) + "]}");

        Assert.Null(JsonBody.Read(many));
        Assert.Null(JsonBody.Load(many));
    }

    [Theory]
    [InlineData(Answer)]
    [InlineData("{}")]
    [InlineData("\uFEFF{\"success\":false}")]
    [InlineData("{\"success\":true,\"success\":false,\"result\":{},\"result\":null}")]
    [InlineData("{\"at\":\"2026-11-24T14:11:19.123456Z\",\"big\":12345678901234567890.123}")]
    public void Read_and_loaded_are_the_same(string text)
    {
        var read = JsonBody.Read(Encoding.UTF8.GetBytes(text))!;
        var loaded = JsonBody.Load(Encoding.UTF8.GetBytes(text))!;

        foreach (var name in (string[])["success", "result", "errors", "absent"])
        {
            Assert.Equal(loaded.Has(name), read.Has(name));
            Assert.Equal(loaded.HasObject(name), read.HasObject(name));
            Assert.Equal(loaded.Flag(name), read.Flag(name));
        }

        Assert.Equal(loaded.IsEmpty, read.IsEmpty);
        Assert.True(JToken.DeepEquals(loaded.Tree, read.Tree));
        Assert.Same(read.Tree, read.Tree);
    }

    /// <summary>An answer is read in one way where it is only looked at, and in another where it is taken apart; both must accept the same answers and find the same in them.</summary>
    [Theory]
    [InlineData("""{"success":true,"errors":[],"result":{"id":"a1","name":"Zo\u00eb \"Z\" ü","n":-1.50,"tags":["x",null,{"id":"b"}]},"id":12,"messages":[{}]}""")]
    [InlineData(""" { "id" : "a-1" , "ok" : false , "deep":[[[[ ]]]], "result" : { "id" : 120 , "id2" : { } } } """)]
    public void Whatever_byte_of_an_answer_is_another_both_readers_agree(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var accepted = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            foreach (var other in "\"\\/{}[]:,.-+0179eutfn \n\t'#\0\u0001"u8.ToArray().Concat<byte>([0x80, 0xC3, 0xFF]))
            {
                var changed = (byte[])bytes.Clone();
                changed[index] = other;
                var (read, loaded) = (JsonBody.Read(changed), JsonBody.Load(changed));

                Assert.True(read is null == loaded is null, Encoding.Latin1.GetString(changed));
                if (read is null || loaded is null)
                {
                    continue;
                }

                accepted++;
                Assert.Equal(loaded.GetId("id"), read.GetId("id"));
                Assert.Equal(loaded.GetIdOf("result", "id"), read.GetIdOf("result", "id"));
                Assert.Equal((loaded.Flag("success"), loaded.Flag("ok")), (read.Flag("success"), read.Flag("ok")));
                Assert.Equal((loaded.Has("errors"), loaded.HasObject("result")), (read.Has("errors"), read.HasObject("result")));
            }
        }

        Assert.True(accepted > bytes.Length);
    }

    [Fact]
    public void Only_members_of_the_object_itself_count()
    {
        var body = Json.Body("""{"result":{"success":true,"errors":[{"success":true}]},"list":[],"text":"{}"}""");

        Assert.Null(body.Flag("success"));
        Assert.False(body.Has("errors"));
        Assert.True(body.HasObject("result"));
        Assert.False(body.HasObject("list"));
        Assert.False(body.HasObject("text"));
        Assert.False(body.IsEmpty);
        Assert.True(Json.Body("{}").IsEmpty);
    }

    [Fact]
    public void Of_members_with_one_name_the_last_counts()
    {
        var body = Json.Body("""{"success":true,"success":false,"result":{},"result":null}""");

        Assert.False(body.Flag("success"));
        Assert.False(body.HasObject("result"));
    }

    [Fact]
    public void Items_of_different_answers_share_the_names_of_their_members()
    {
        var names = Enumerable.Range(0, 2).Select(_ => JsonBody.Load(Encoding.UTF8.GetBytes(Answer))!.Tree.Properties().First().Name).ToArray();

        Assert.Same(names[0], names[1]);
    }

    [Fact]
    public void Names_of_any_number_and_length_stay_what_they_are_on_many_threads()
    {
        // Names of one length that replace each other, as "Aa" and "BB" have the same sum at 31 a place; then some of other lengths.
        var alike = Enumerable.Range(0, 256).Select(number => string.Concat(Enumerable.Range(0, 8).Select(bit => (number >> bit & 1) == 0 ? "Aa" : "BB")));
        var expected = alike.Concat(Enumerable.Range(0, 500).Select(number => new string('n', number % 100) + number)).ToArray();

        Parallel.For(0, expected.Length, index =>
        {
            var text = $$"""{"{{expected[index]}}":{"id":"{{new string('v', index * 10)}}"},"last":"{{index}}"}""";
            var read = JsonBody.Read(Encoding.UTF8.GetBytes(text))!;
            Assert.Equal(new string('v', index * 10), read.GetIdOf(expected[index], "id"));
            Assert.Equal(index.ToString(CultureInfo.InvariantCulture), read.GetId("last"));
            Assert.Equal([expected[index], "last"], JsonBody.Load(Encoding.UTF8.GetBytes(text))!.Tree.Properties().Select(property => property.Name));
        });
    }
}
