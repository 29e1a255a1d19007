using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests;

/// <summary>Answers as an honest service gives them.</summary>
internal static class StubAnswers
{
    /// <summary>The item of an update's answer: the id in the address, and the fields in the body.</summary>
    public static string Item(StubRequest request)
    {
        var result = new JObject { ["id"] = request.Target.Split('/')[^1] };
        result.Merge(request.Body.Length == 0 ? new JObject() : JObject.Parse(request.Body));
        return new JObject { ["success"] = true, ["errors"] = new JArray(), ["messages"] = new JArray(), ["result"] = result }.ToString(Formatting.None);
    }
}
