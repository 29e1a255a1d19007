using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests;

/// <summary>Plans desired states of the registry, and names what comes of it in a line.</summary>
internal static class Desired
{
    private static readonly ResourceDescriptor Resource = ImpersonationRegistryEntry.Descriptor;

    public static DesiredRow Row(int number, string id, params (string Name, JToken? Value)[] fields)
    {
        var content = new ItemSpecification { Id = id };
        foreach (var (name, value) in fields)
        {
            content.Patch.Set(Resource[name], value ?? JValue.CreateNull());
        }

        return new DesiredRow(content, new ChangeRow($"row {number}", number));
    }

    public static SyncPlanner<ImpersonationRegistryEntry> Planner(Stage stage, string? key = null, bool removes = false, string limit = "100%")
    {
        var states = Stage.States(stage);
        return new SyncPlanner<ImpersonationRegistryEntry>(
            ImpersonationRegistryDefinition.Instance, new SyncOptions(SyncKey.Find(Resource, key?.Split(",")), removes, RemovalLimit.Parse(limit)), states);
    }

    public static SyncPlan<ImpersonationRegistryEntry> Plan(
        Stage stage, IReadOnlyList<DesiredRow> rows, string? key = null, bool removes = false, string limit = "100%", int failed = 0) =>
        Planner(stage, key, removes, limit).Plan(stage.Registry, rows, failed);

    /// <summary>A row for each entry, by id, with what the entry is.</summary>
    public static List<DesiredRow> Rows(Stage stage) => stage.State.Entries.All()
        .Select((entry, index) => Row(index + 1, entry.Id, ("name", entry.Name), ("email", entry.Email)))
        .ToList();

    /// <summary>What each row comes to: the body that is sent, <c>-</c> for nothing, or the kind of the failure.</summary>
    public static string[] Bodies(SyncPlan<ImpersonationRegistryEntry> plan) => plan.Steps
        .Select(step => step.Plan is null ? step.Failure!.Kind.ToString() : step.Plan.IsEmpty ? "-" : $"{step.Plan.Change.Action} {step.Plan.Change.Patch.ToJson()}")
        .ToArray();
}
