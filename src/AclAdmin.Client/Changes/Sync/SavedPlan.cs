using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>Turns a saved plan into changes again, where the list has not changed since. The plan is applied as a whole or not at all.</summary>
/// <param name="definition">The list.</param>
/// <param name="states">The service's present state.</param>
public sealed class SavedPlan<T>(ResourceDefinition<T> definition, StateCache<T> states)
    where T : ApiResource
{
    /// <summary>How many differences a refusal lists.</summary>
    private const int ListedMoves = 20;

    private readonly ResourceDescriptor _resource = definition.Resource;

    /// <summary>Checks that a plan is for a list.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.PlanFailed"/>: it is for another service, address, partner, account or list.</exception>
    public static void CheckTarget(AclPlan plan, IResourceClient<T> client)
    {
        Check("list", plan.Resource, client.ListName);
        if (plan.Head.Origin.FindDifference(client.Connection) is { } difference)
        {
            Check(difference.What, difference.Here, difference.There);
        }

        Check("account", plan.AccountId, client.AccountId);

        static void Check(string what, string? planned, string? present)
        {
            if (planned != present)
            {
                throw new AclException(
                    ErrorKind.PlanFailed,
                    $"The plan is for the {what} '{DisplayText.Of(planned)}', and this call is for '{DisplayText.Of(present)}'. Nothing was sent.",
                    "Use the cmdlet, the connection and the account that the plan was made with.");
            }
        }
    }

    /// <summary>Makes the changes.</summary>
    /// <param name="client">The list's client.</param>
    /// <param name="plan">The plan.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.StalePlan"/>: the list has changed since; <see cref="ErrorKind.PlanFailed"/>: the plan is
    /// unusable.</exception>
    public SyncPlan<T> Prepare(IResourceClient<T> client, AclPlan plan)
    {
        CheckTarget(plan, client);
        if (plan.Changes.FirstOrDefault(change => change.IsMasked) is { } masked)
        {
            throw new AclException(
                ErrorKind.PlanFailed,
                $"The plan cannot be carried out: {Describe(masked)} held a secret, which is masked in the plan. Nothing was sent.",
                "Remove the secret from the rows or from the item, and plan again with -PlanPath.");
        }

        var key = SyncKey.Find(_resource, plan.Head.Key?.Split(','));
        var items = states.ReadAll(client).ToDictionary(item => item.GetIdentity(), StringComparer.OrdinalIgnoreCase);
        var moved = plan.Changes.SelectMany(change => FindMoves(client, key, change, items)).Take(ListedMoves + 1).ToArray();
        if (moved.Length > 0)
        {
            throw new AclException(
                ErrorKind.StalePlan,
                $"The list has changed since the plan was made: {string.Join("; ", moved.Take(ListedMoves))}{(moved.Length > ListedMoves ? "; ..." : "")}. Nothing was sent.",
                "Plan again with -PlanPath, and look at the new plan.");
        }

        var planner = new SyncPlanner<T>(definition, new SyncOptions(key, false, RemovalLimit.Parse(RemovalLimit.Default)), states);
        var steps = plan.Changes.Where(change => change.Action != ChangeAction.Delete).Select(change => PlanStep(planner, client, change, items)).ToArray();
        var removals = plan.Changes.Where(change => change.Action == ChangeAction.Delete).Select(change => planner.PlanRemoval(client, items[change.Id!])).ToArray();
        return new SyncPlan<T>(steps, removals, plan.Counts, 0);
    }

    private SyncStep<T> PlanStep(SyncPlanner<T> planner, IResourceClient<T> client, AclPlanChange change, Dictionary<string, T> items)
    {
        var content = new ItemSpecification { Id = change.Id ?? "", Patch = PatchOf(change) };

        var row = new DesiredRow(content, new ChangeRow(change, 0));
        var planned = change.Action == ChangeAction.Create ? planner.PlanCreate(client, row) : planner.PlanUpdate(client, row, items[change.Id!]);
        return new SyncStep<T>(row, planned, null);
    }

    private FieldPatch PatchOf(AclPlanChange change)
    {
        var patch = new FieldPatch();
        foreach (var field in change.Fields)
        {
            patch.Set(FieldOf(field), field.After);
        }

        return patch;
    }

    private FieldDescriptor FieldOf(AclPlanField field) => _resource.Find(field.Name) is { Writable: true } known ? known : throw new AclException(
        ErrorKind.PlanFailed, $"The plan names the field '{DisplayText.Of(field.Name)}', which this version of AclAdmin does not write. Nothing was sent.", "Plan again with -PlanPath.");

    private IEnumerable<string> FindMoves(IResourceClient<T> client, SyncKey key, AclPlanChange change, Dictionary<string, T> items)
    {
        if (change.Action == ChangeAction.Create)
        {
            return FindNew(client, key, change);
        }

        if (!items.TryGetValue(change.Id ?? "", out var item))
        {
            return [$"{Describe(change)} is gone"];
        }

        return item.GetReadOnlyReason() is not null
            ? [$"{Describe(change)} is not managed here any more"]
            : change.Action == ChangeAction.Delete ? FindMovedFields(change, item, _resource.WritableFields.Select(field => field.Name)) : FindMovedFields(change, item, change.Fields.Select(field => field.Name));
    }

    private IEnumerable<string> FindNew(IResourceClient<T> client, SyncKey key, AclPlanChange change) => key.Comparer is not { } comparer
        ? []
        : states.FindMatches(client, comparer, PatchOf(change))
            .Select(item => $"there is an {_resource.Noun} with the {comparer.Describe(PatchOf(change))} by now, {item}");

    private IEnumerable<string> FindMovedFields(AclPlanChange change, T item, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var planned = change.Fields.FirstOrDefault(field => field.Name == name)?.Before ?? JValue.CreateNull();
            var present = item.GetField(name) ?? JValue.CreateNull();
            if (!ItemComparer.HaveSameValue(_resource[name], planned, present))
            {
                yield return $"{name} of {Describe(change)} was {Show(planned)} and is {Show(present)}";
            }
        }
    }

    private static string Describe(AclPlanChange change) => DisplayText.Of(change.Id) + (change.Name is { Length: > 0 } name ? $" ({DisplayText.Of(name)})" : "");

    private static string Show(JToken value) => DisplayText.Of(value.ToString(Formatting.None), 100);
}
