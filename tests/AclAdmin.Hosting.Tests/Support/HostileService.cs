using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AclAdmin.Client.Tests;

namespace AclAdmin.Hosting.Tests;

/// <summary>Both services, with hostile texts in place of what the sandbox answers: ids that are code, names that a terminal obeys, the token.</summary>
internal static class HostileService
{
    /// <summary>Texts that mean something to the language, to a terminal, or to the eye.</summary>
    public static readonly string[] Texts =
    [
        "$(Set-Content pwned.txt 1)", "a b", "a'b", "a\u2018b\u2019c", "\u201Cd\u201D", "a\"b", "a,b", "-a", "--%", "@a", "$env:a", "a`b", "#a", "1e5", "0x10", "0042", "a;b", "a|b",
        "{a}", "a(b", "&a", "~", "*", "[a]", "$true", "true", "a\nb", "a\u001B]52;c;eA==\u0007b", "a\u001B]8;;http://example.com\u0007b", "a\u009B31mb", "a\u202Eb\u2066c", "a\u200Bb\u00ADc",
        "Spam words 1", "Spam words 2", "plain",
    ];

    private static readonly string[] IdNames = ["id", "rule_sid", "partner_sid", "trunk_group_sid", "trunk_sid"];

    private static readonly string[] TextNames = ["name", "email", "comments", "pattern", "domain", "notes", "entries", "description"];

    /// <summary>Starts in front of a sandbox.</summary>
    /// <param name="sandbox">The address of the sandbox.</param>
    /// <param name="spoilsIds">Whether every second id is a hostile text too.</param>
    /// <param name="token">What every third text contains; null for nothing.</param>
    public static StubServer Start(Uri sandbox, bool spoilsIds, string? token = null)
    {
        var http = new HttpClient();
        return StubServer.Start(async request =>
        {
            using var forwarded = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(sandbox, request.Target));
            forwarded.Headers.Authorization = AuthenticationHeaderValue.Parse(request.Headers["Authorization"]);
            if (request.Body.Length > 0)
            {
                forwarded.Content = new StringContent(request.Body, new MediaTypeHeaderValue("application/json"));
            }

            using var answer = await http.SendAsync(forwarded);
            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            var count = 0;
            Spoil(json);
            return StubAnswer.Json((int)answer.StatusCode, json.ToJsonString());

            void Spoil(JsonNode? node)
            {
                if (node is JsonArray array)
                {
                    foreach (var item in array)
                    {
                        Spoil(item);
                    }
                }
                else if (node is JsonObject item)
                {
                    var text = Texts[count++ % Texts.Length];
                    text = token is not null && count % 3 == 0 ? $"{text} {token}" : text;
                    foreach (var name in item.Select(member => member.Key).ToArray())
                    {
                        if (TextNames.Contains(name) && item[name] is JsonArray)
                        {
                            item[name] = new JsonArray(text, "b" + text);
                        }
                        else if (TextNames.Contains(name) || (spoilsIds && count % 2 == 0 && IdNames.Contains(name)))
                        {
                            item[name] = text;
                        }
                        else
                        {
                            Spoil(item[name]);
                        }
                    }
                }
            }
        });
    }
}
