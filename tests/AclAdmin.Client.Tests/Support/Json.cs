using System.IO;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests;

/// <summary>Reads JSON the way answers are read: times stay text.</summary>
internal static class Json
{
    public static JObject Object(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
        return JObject.Load(reader);
    }

    public static JsonBody Body(string text) => JsonBody.Read(Encoding.UTF8.GetBytes(text))!;
}
