using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Runs;

/// <summary>Makes changes of the plans to undo changes of one list, and keeps what the list contains up to date with them.</summary>
/// <param name="client">The list.</param>
/// <param name="items">What the service has.</param>
/// <param name="force">Whether values that have changed since are overwritten.</param>
internal sealed class UndoChanges<T>(IResourceClient<T> client, IReadOnlyDictionary<string, T> items, bool force)
    where T : ApiResource
{
    private readonly ExistingItems<T> _existing = new(client.Resource, items.Values);
    private readonly Dictionary<string, JObject> _contents = items.ToDictionary(item => item.Key, item => item.Value.CopyFields(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The field table of the list.</summary>
    public ResourceDescriptor Resource => client.Resource;

    /// <summary>What the list contains, by id; under <c>-WhatIf</c>, what it would contain.</summary>
    public IReadOnlyDictionary<string, JObject> Contents => _contents;

    /// <summary>Makes the change, and what people are asked.</summary>
    /// <exception cref="AclException">The service would refuse the fields.</exception>
    public ChangePlan<T> Plan(UndoPlan plan)
    {
        var newest = plan.Changes[0];
        var target = $"{client.Resource.Noun} {plan.Id}" + (newest.Name is { } name ? $" ({DisplayText.Of(name)})" : "");
        var present = items.TryGetValue(plan.Id, out var item) ? item : null;
        return plan.Action switch
        {
            null => new ChangePlan<T>(NewChange(plan, ChangeAction.Update), target, "Undo") { IsEmpty = true, Present = present },
            ChangeAction.Delete => new ChangePlan<T>(NewChange(plan, ChangeAction.Delete), target, "Remove"),
            ChangeAction.Create => new ChangePlan<T>(
                NewChange(plan, ChangeAction.Create, plan.GetCreateBody()), target, "Create again " + NamesOf(plan), plan.Differences),
            _ => PlanUpdate(plan, target),
        };
    }

    /// <summary>Keeps what the list contains now.</summary>
    /// <param name="plan">A plan that was carried out.</param>
    /// <param name="result">The item as the service showed it afterwards; null where it did not.</param>
    /// <returns>The item's id.</returns>
    public string Note(UndoPlan plan, T? result)
    {
        var id = result?.GetIdentity() is { Length: > 0 } shown ? shown : plan.Id;
        _contents.Remove(plan.Id);
        if (plan.Action != ChangeAction.Delete && (result?.CopyFields() ?? plan.State) is { } state)
        {
            _contents[id] = state;
        }

        return id;
    }

    private static string NamesOf(UndoPlan plan) => string.Join(", ", plan.Differences.Select(field => field.Name));

    private ChangePlan<T> PlanUpdate(UndoPlan plan, string target)
    {
        plan.CheckUpdate();
        return new ChangePlan<T>(NewChange(plan, ChangeAction.Update, prepare: state => plan.GetUpdate(state, force)), target, "Restore " + NamesOf(plan), plan.Differences);
    }

    private Change<T> NewChange(UndoPlan plan, ChangeAction action, FieldPatch? patch = null, Func<T, FieldPatch>? prepare = null) =>
        new(plan.Changes.Select(change => new ChangeRow(change, 0)).ToArray())
        {
            Action = action,
            Client = client,
            Id = action == ChangeAction.Create ? "" : plan.Id,
            Key = plan.Id,
            Patch = patch ?? new FieldPatch(),
            Prepare = prepare,
            UsesKnownState = true,
            Existing = _existing,
            Undoes = plan.Changes.Select(change => new ChangeReference(change.RunId, change.Number)).ToArray(),
        };
}
