using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using AclAdmin.Sandbox.CarrierX;
using AclAdmin.Sandbox.Cloudflare;
using AclAdmin.Sandbox.Faults;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.Control;

/// <summary>Everything under <c>/_sandbox</c>: looking at the sandbox and setting it, for tests in another process.</summary>
internal sealed class ControlService(SandboxOptions options, SandboxState state, Action stop)
{
    public Answer Handle(Exchange exchange)
    {
        var route = exchange.Method + " " + string.Join('/', exchange.Segments[1..]);
        try
        {
            return Route(route, exchange) ?? Problem(404, "There is no " + route);
        }
        catch (JsonException failure)
        {
            return Problem(400, failure.Message);
        }
        catch (ArgumentException failure)
        {
            return Problem(400, failure.Message);
        }
        catch (FormatException failure)
        {
            return Problem(400, failure.Message);
        }
    }

    private Answer? Route(string route, Exchange exchange)
    {
        switch (route)
        {
            case "GET health":
                return ControlJson.Show(new HealthReport("ok", Environment.ProcessId, state.Entries.Count, state.Rules.Count));
            case "GET requests":
                return ControlJson.Show(state.Log.Requests(
                    long.Parse(Query(exchange, "since") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture),
                    Query(exchange, "method"),
                    bool.Parse(Query(exchange, "writes") ?? "false")));
            case "DELETE requests":
                state.Log.Clear();
                return Done();
            case "GET counters":
                return ControlJson.Show(state.Log.Counters);
            case "POST seed":
                var seed = ControlJson.Read<SeedOrder>(exchange.Body);
                state.Seed(seed.Entries, seed.Rules, seed.SyncedEvery ?? SandboxDefaults.SyncedEvery);
                foreach (var (segment, count) in seed.Items)
                    state.SeedItems(segment, count);
                return Done();
            case "POST reset":
                state.Reset();
                return Done();
            case "GET settings":
                return ControlJson.Show(SettingsOrder.Of(state.Settings));
            case "PUT settings":
                ControlJson.Read<SettingsOrder>(exchange.Body).ApplyTo(state.Settings);
                return ControlJson.Show(SettingsOrder.Of(state.Settings));
            case "GET faults":
                return ControlJson.Show(state.Faults.All());
            case "GET faults/kinds":
                return ControlJson.Show(FaultKinds.All);
            case "POST faults":
                state.Faults.Add(ControlJson.Read<List<FaultRule>>(exchange.Body));
                return ControlJson.Show(state.Faults.All());
            case "DELETE faults":
                state.Faults.Clear();
                return Done();
            case "GET state/entries":
                return ShowAll(state.Entries.All(), RegistryFields.Write);
            case "GET state/rules":
                return ShowAll(state.Rules.All(), RuleFields.Write);
            case "GET state/owners":
                return ShowAll(state.Owners.All(), static (writer, owner) => ListOwnerFields.Write(writer, owner));
            case "POST spend":
                var spend = ControlJson.Read<SpendOrder>(exchange.Body);
                ArgumentOutOfRangeException.ThrowIfNegative(spend.Count, "count");
                return ControlJson.Show(state.Limits.Take(Credential(spend.Credential), spend.Count));
            case "POST stop":
                stop();
                return Done();
            default:
                return exchange is { Method: "GET", Segments: [_, "state", var name] } && SettingsTables.All.TryGetValue(name, out var list)
                    ? ShowAll(state.Items(name).All(), list.Write)
                    : null;
        }
    }

    // The schemes' names stand for the credentials this sandbox was started with; anything else is taken literally.
    private string Credential(string name) => name switch
    {
        "token" => options.CloudflareToken,
        "read_token" => options.CloudflareReadToken,
        "key" => options.CloudflareKey,
        _ => name,
    };

    private static string? Query(Exchange exchange, string name) =>
        exchange.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    private static Answer Done() => new(204);

    private static Answer Problem(int status, string message) =>
        new(status, JsonBytes.Build(message, static (writer, message) =>
        {
            writer.WriteStartObject();
            writer.WriteString("error"u8, message);
            writer.WriteEndObject();
        }));

    private static Answer ShowAll<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write) =>
        new(200, JsonBytes.Build((items, write), static (writer, part) =>
        {
            writer.WriteStartArray();
            foreach (var item in part.items)
                part.write(writer, item);
            writer.WriteEndArray();
        }));
}
