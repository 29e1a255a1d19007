using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>The options for planning a desired state.</summary>
/// <param name="Key">The key by which rows identify items.</param>
/// <param name="RemovesUnlisted">Whether items that no row names are removed.</param>
/// <param name="Limit">How many removals are allowed.</param>
public sealed record SyncOptions(SyncKey Key, bool RemovesUnlisted, RemovalLimit Limit)
{
    /// <summary>Whether an item belongs to the part of the list that the rows describe. What does not is neither changed nor removed.</summary>
    public Func<ApiResource, bool> IsInScope { get; init; } = _ => true;
}

/// <summary>
/// Compares a desired state with a list. The changes themselves are planned by the planner that rows have everywhere: one for each action, over one read of
/// the list.
/// </summary>
public sealed class SyncPlanner<T>
    where T : ApiResource
{
    private readonly ResourceDescriptor _resource;
    private readonly ItemComparer _byName;
    private readonly SyncOptions _options;
    private readonly StateCache<T> _states;
    private readonly SyncMatcher<T> _matcher;
    private readonly ChangePlanner<T> _creates;
    private readonly ChangePlanner<T> _updates;
    private readonly ChangePlanner<T> _removals;

    /// <summary>Plans for one list.</summary>
    /// <param name="definition">The list.</param>
    /// <param name="options">How it is planned.</param>
    /// <param name="states">The service's present state.</param>
    public SyncPlanner(ResourceDefinition<T> definition, SyncOptions options, StateCache<T> states)
    {
        _resource = definition.Resource;
        _byName = new ItemComparer(_resource, [_resource.DisplayField]);
        _options = options;
        _states = states;
        _creates = PlannerFor(ChangeAction.Create);
        _updates = PlannerFor(ChangeAction.Update);
        _removals = PlannerFor(ChangeAction.Delete);
        _matcher = new SyncMatcher<T>(_resource, options.Key, states, _updates);

        ChangePlanner<T> PlannerFor(ChangeAction action) =>
            new(definition, new PlannerOptions<T>(action, [], states, IfExists.Create) { SendsDifferencesOnly = true, IsPreviewed = true });
    }

    /// <summary>Plans rows against the list as it is.</summary>
    /// <param name="client">The list's client.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="failedRows">How many further rows could not even be read.</param>
    /// <exception cref="AclException">
    /// The list could not be read, or <see cref="ErrorKind.TooManyRemovals"/>: more items would be removed than the limit allows.
    /// </exception>
    public SyncPlan<T> Plan(IResourceClient<T> client, IReadOnlyList<DesiredRow> rows, int failedRows)
    {
        var items = _states.ReadAll(client);
        var matches = _matcher.Match(client, rows);
        var outside = new HashSet<T>(items.Where(item => item.GetReadOnlyReason() is null && !_options.IsInScope(item)));
        var steps = matches.Select(match => PlanStep(client, match, outside)).ToArray();
        var named = new HashSet<string>(matches.Where(match => match.Item is not null).Select(match => match.Item!.GetIdentity()), StringComparer.OrdinalIgnoreCase);
        var managed = items.Where(item => item.GetReadOnlyReason() is null && !outside.Contains(item)).ToArray();
        var unlisted = managed.Where(item => !named.Contains(item.GetIdentity())).ToArray();
        var failed = failedRows + steps.Count(step => step.Failure is not null && !step.IsNotManaged);
        var removed = _options.RemovesUnlisted && failed == 0 ? unlisted : [];
        _options.Limit.Check(_resource, removed, managed.Length);
        var counts = new SyncCounts(
            steps.Count(step => step.Plan is { IsEmpty: false, Change.Action: ChangeAction.Create }),
            steps.Count(step => step.Plan is { IsEmpty: false, Change.Action: ChangeAction.Update }),
            removed.Length,
            steps.Count(step => step.Plan is { IsEmpty: true } && !step.IsNotManaged),
            items.Count - managed.Length,
            unlisted.Length - removed.Length,
            failed);
        return new SyncPlan<T>(
            steps.Select(step => NameReplaced(step, removed)).ToArray(), removed.Select(item => PlanRemoval(client, item)).ToArray(), counts, _options.RemovesUnlisted && failed > 0 ? unlisted.Length : 0);
    }

    /// <summary>Plans the removal of an item.</summary>
    public ChangePlan<T> PlanRemoval(IResourceClient<T> client, T item) =>
        _removals.Plan(new ItemSpecification { Id = item.GetIdentity() }, client, new ChangeRow(item, 0));

    /// <summary>Plans the creation of an item, with its fields as differences.</summary>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    public ChangePlan<T> PlanCreate(IResourceClient<T> client, DesiredRow row) => _creates.Plan(row.Content, client, row.Row);

    /// <summary>Plans the change of an item.</summary>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    public ChangePlan<T> PlanUpdate(IResourceClient<T> client, DesiredRow row, T item)
    {
        var patch = row.Content.Patch;
        var differing = new HashSet<string>(patch.DifferencesFrom(item).Select(difference => difference.Name), StringComparer.Ordinal);
        foreach (var name in patch.Names.Where(name => !differing.Contains(name) && IsRefusedInUpdates(_resource[name])).ToArray())
        {
            // A complete row also has fields that an update cannot contain. Where the item has the same value, that is no error.
            patch.Remove(name);
        }

        return _updates.Plan(row.Content, client, row.Row);
    }

    private static bool IsRefusedInUpdates(FieldDescriptor field) => field.CreateOnly || !field.NullableInUpdate;

    /// <summary>A person whose address has changed is created and removed, as the address identifies the entry: the preview names the item that goes.</summary>
    private SyncStep<T> NameReplaced(SyncStep<T> step, IReadOnlyList<T> removed)
    {
        if (step.Plan is not { Change.Action: ChangeAction.Create } plan || _options.Key.Comparer is not { } key || key.Fields.Any(field => field.Name == _resource.DisplayField))
        {
            return step;
        }

        var replaced = removed.Where(item => _byName.HaveSameKey(plan.Change.Patch, item)).ToArray();
        return replaced.Length != 1
            ? step
            : step with
            {
                Plan = new ChangePlan<T>(
                    plan.Change, plan.Target, $"{plan.Operation} (in place of {replaced[0]}, whose {key.Describe(key.ValuesOf(replaced[0]))} no row has)", plan.Differences)
                {
                    Warning = plan.Warning,
                },
            };
    }

    private SyncStep<T> PlanStep(IResourceClient<T> client, SyncMatch<T> match, HashSet<T> outside)
    {
        try
        {
            if (match.Failure is not null)
            {
                return new SyncStep<T>(match.Row, null, match.Failure);
            }

            if (match.Item is not { } item)
            {
                return new SyncStep<T>(match.Row, PlanCreate(client, match.Row), null);
            }

            match.Row.Content.DisplayName = item.GetDisplayName();
            return (item.GetReadOnlyReason() ?? (outside.Contains(item) ? OutOfScope(item) : null)) is { } reason ? LeaveAlone(client, match.Row, item, reason) : new SyncStep<T>(match.Row, PlanUpdate(client, match.Row, item), null);
        }
        catch (AclException refused)
        {
            return new SyncStep<T>(match.Row, null, refused);
        }
    }

    private AclException OutOfScope(T item) => new(
        ErrorKind.ValidationFailed, $"The {_resource.Noun} {item} is outside of -Scope, so it is left alone. Nothing was sent.", "Remove the row, or correct -Scope.");

    private SyncStep<T> LeaveAlone(IResourceClient<T> client, DesiredRow row, T item, AclException reason)
    {
        if (row.Content.Patch.DifferencesFrom(item).Count > 0)
        {
            return new SyncStep<T>(row, null, reason) { IsNotManaged = true };
        }

        var change = new Change<T>(row.Row) { Action = ChangeAction.Update, Client = client, Id = item.GetIdentity() };
        return new SyncStep<T>(row, new ChangePlan<T>(change, row.Content.Describe(_resource), "Update") { IsEmpty = true, Present = item }, null) { IsNotManaged = true };
    }
}
