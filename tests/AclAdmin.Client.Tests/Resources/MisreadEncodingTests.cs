using System.Text;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>UTF-8 that was read as Windows-1252 is refused; every text that can be meant is read as it is.</summary>
public sealed class MisreadEncodingTests
{
    private static readonly FieldDescriptor Comments = ImpersonationRegistryEntry.Descriptor["comments"];

    static MisreadEncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("Jürgen")]
    [InlineData("Łukasz Żółć")]
    [InlineData("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞß")]
    [InlineData("price: 5 €")]
    [InlineData("免费奖品")]
    [InlineData("Ольга")]
    [InlineData("👩 team")]
    public void Text_that_was_read_in_the_wrong_encoding_is_refused(string meant)
    {
        var misread = Encoding.GetEncoding(1252).GetString(Encoding.UTF8.GetBytes(meant));

        var reading = CellParser.Read(Comments, misread, CellParser.DefaultListSeparator);

        Assert.Contains("UTF-8 that was read as Windows-1252", reading.Cause);
        Assert.Null(reading.Value);
    }

    [Theory]
    [InlineData("Jürgen")]
    [InlineData("João ÃO ÂNGELO")]
    [InlineData("à la carte")]
    [InlineData("São «Paulo»")]
    [InlineData("naïve café – 20 °C, ½ price, 5 €")]
    [InlineData("免费奖品")]
    [InlineData("Ã")]
    [InlineData("Ã¼ beside Ü")]
    public void Text_that_can_be_meant_is_read_as_it_is(string text) =>
        Assert.Equal(text, (string?)CellParser.Read(Comments, text, CellParser.DefaultListSeparator).Value);
}
