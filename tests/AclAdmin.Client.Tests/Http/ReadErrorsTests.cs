using System.Linq;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>The errors of both services, in the shapes that are known and in those that nobody promised.</summary>
public sealed class ReadErrorsTests
{
    [Theory]
    [InlineData("""{"errors":[{"code":1003,"message":"No."}]}""", "1003 No")]
    [InlineData("""{"errors":[{"code":971,"message":"a."},{"code":1,"message":"b"}]}""", "971 a|1 b")]
    [InlineData("""{"errors":[{"code":"e7","message":"No.","source":{"pointer":"/name"},"documentation_url":"https://x"}]}""", "e7 No at /name (see https://x)")]
    [InlineData("""{"errors":[{"code":7}]}""", "7 (no message)")]
    [InlineData("""{"errors":[{"message":"No."}]}""", "No")]
    [InlineData("""{"errors":[{}]}""", "(no message)")]
    [InlineData("""{"errors":[{"code":7,"message":null,"source":{"pointer":null}}]}""", "7 (no message)")]
    [InlineData("""{"errors":[{"code":7,"message":"x","source":{"pointer":{}}}]}""", "7 x")]
    [InlineData("""{"errors":[{"code":7,"message":"x","source":"/name"}]}""", "7 x")]
    [InlineData("""{"errors":[null,"x",7,{"code":7,"message":"x"}]}""", "7 x")]
    [InlineData("""{"errors":[{"code":6003,"message":"Invalid.","error_chain":[{"code":6111,"message":"Bad."}]}]}""", "6003 Invalid (because of 6111 Bad)")]
    [InlineData("""{"errors":[{"code":6003,"message":"x","error_chain":[{"code":1,"message":"a"},null,{"code":2}]}]}""", "6003 x (because of 1 a; 2 (no message))")]
    [InlineData("""{"errors":[{"code":6003,"message":"x","error_chain":"y"}]}""", "6003 x")]
    [InlineData("""{"errors":[]}""", "")]
    [InlineData("""{"errors":null}""", "")]
    [InlineData("""{"errors":{"code":7}}""", "")]
    [InlineData("""{"errors":"x"}""", "")]
    [InlineData("{}", "")]
    public void Cloudflares_errors_are_a_list_of_objects(string body, string errors) =>
        Assert.Equal(errors, string.Join("|", CloudflareService.Instance.ReadErrors(Json.Object(body)).Select(error => error.ToString())));

    [Theory]
    [InlineData("""{"errors":[{"code":422,"message":"No.","field":"name"}]}""", "422 No at name")]
    [InlineData("""{"errors":[{"message":"a"},{"message":"b"}]}""", "a|b")]
    [InlineData("""{"errors":["a","b"]}""", "a|b")]
    [InlineData("""{"errors":[7]}""", "7")]
    [InlineData("""{"errors":[{"reason":"x"}]}""", """{"reason":"x"}""")]
    [InlineData("""{"errors":[{"message":{"en":"x"}}]}""", """{"message":{"en":"x"}}""")]
    [InlineData("""{"errors":[{"code":{},"message":"x","field":[]}]}""", "x")]
    [InlineData("""{"errors":[["a"]]}""", """["a"]""")]
    [InlineData("""{"errors":[null]}""", "null")]
    [InlineData("""{"errors":{"name":"a","field":"b"}}""", "a at name|b at field")]
    [InlineData("""{"errors":{"name":["a","b"]}}""", """["a","b"] at name""")]
    [InlineData("""{"errors":{"name":{"x":1}}}""", """{"x":1} at name""")]
    [InlineData("""{"errors":"No."}""", "No")]
    [InlineData("""{"errors":7}""", "7")]
    [InlineData("""{"errors":[]}""", "")]
    [InlineData("""{"errors":{}}""", "")]
    [InlineData("""{"errors":null}""", "")]
    [InlineData("{}", "")]
    public void Carrierx_errors_of_any_shape_are_shown(string body, string errors) =>
        Assert.Equal(errors, string.Join("|", CarrierXService.Instance.ReadErrors(Json.Object(body)).Select(error => error.ToString())));

    [Theory]
    [InlineData("""{"success":true}""", true)]
    [InlineData("""{"success":false}""", false)]
    [InlineData("""{"success":true,"errors":[{"code":1,"message":"x"}]}""", true)]
    [InlineData("""{"success":"true"}""", null)]
    [InlineData("""{"success":1}""", null)]
    [InlineData("""{"success":null}""", null)]
    [InlineData("""{"result":{}}""", null)]
    public void Cloudflare_says_itself_whether_it_went_well(string body, bool? success) =>
        Assert.Equal(success, CloudflareService.Instance.ReportsSuccess(Json.Body(body)));

    [Theory]
    [InlineData("""{"rule_sid":"x"}""", true)]
    [InlineData("""{"rule_sid":"x","errors":[]}""", true)]
    [InlineData("""{"errors":"x"}""", false)]
    [InlineData("""{"errors":{"name":"x"}}""", false)]
    public void At_carrierx_it_went_well_where_no_errors_stand(string body, bool success) =>
        Assert.Equal(success, CarrierXService.Instance.ReportsSuccess(Json.Body(body)));

    [Theory]
    [InlineData("""{"errors":[{"code":10000,"message":"x"}]}""", true)]
    [InlineData("""{"errors":[{"code":"9103","message":"x"}]}""", true)]
    [InlineData("""{"errors":[{"code":6003,"message":"x"}]}""", true)]
    [InlineData("""{"errors":[{"code":9109,"message":"Invalid access token"}]}""", true)]
    [InlineData("""{"errors":[{"code":9109,"message":"invalid Access Token."}]}""", true)]
    [InlineData("""{"errors":[{"code":9109,"message":"Unauthorized to access requested resource"}]}""", false)]
    [InlineData("""{"errors":[{"code":1000,"message":"Invalid access token"}]}""", false)]
    [InlineData("""{"errors":[{"code":1000,"message":"10000"}]}""", false)]
    [InlineData("""{"errors":[{"code":100001,"message":"x"}]}""", false)]
    [InlineData("{}", false)]
    public void Some_of_cloudflares_codes_are_about_the_credential(string body, bool refuses)
    {
        var errors = CloudflareService.Instance.ReadErrors(Json.Object(body));

        Assert.Equal(refuses, CloudflareService.Instance.RefusesCredential(errors));
        Assert.False(CarrierXService.Instance.RefusesCredential(errors));
    }
}
