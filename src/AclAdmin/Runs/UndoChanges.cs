using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Resources;

namespace AclAdmin.Runs;

/// <summary>Makes changes of the plans to undo changes of one list.</summary>
/// <param name="client">The list.</param>
/// <param name="items">What the service has.</param>
/// <param name="force">Whether values that have changed since are overwritten.</param>
internal sealed class UndoChanges<T>(IResourceClient<T> client, IReadOnlyDictionary<string, T> items, bool force)
    where T : ApiResource
{
    private readonly ExistingItems<T> _existing = new(client.Resource, items.Values);

    /// <summary>Makes the change, and what people are asked.</summary>
    /// <exception cref="AclException">The plan cannot be carried out.</exception>
    public ChangePlan<T> Plan(UndoPlan plan)
    {
        items.TryGetValue(plan.Id, out var present);
        var newest = plan.Changes[0];
        var target = $"{client.Resource.Noun} {plan.Id}" + (newest.Name is { } name ? $" ({DisplayText.Of(name)})" : "");
        return plan.Action switch
        {
            null => Empty(plan, target, present),
            ChangeAction.Create => PlanCreate(plan, target, present),
            ChangeAction.Delete => PlanDelete(plan, target, present),
            _ => PlanUpdate(plan, target, present),
        };
    }

    private static ChangeRow[] RowsOf(UndoPlan plan) => plan.Changes.Select(change => new ChangeRow(change, 0)).ToArray();

    private ChangePlan<T> Empty(UndoPlan plan, string target, T? present) => new(NewChange(plan, ChangeAction.Update), target, "Undo") { IsEmpty = true, Present = present };

    private Change<T> NewChange(UndoPlan plan, ChangeAction action, FieldPatch? patch = null, Func<T, FieldPatch>? prepare = null) => new(RowsOf(plan))
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

    private ChangePlan<T> PlanCreate(UndoPlan plan, string target, T? present)
    {
        var body = plan.GetCreateBody(client.Resource);
        var others = present is null ? _existing.Find(body) : [present];
        if (others.Count > 0 && !force)
        {
            throw new AclException(
                ErrorKind.Drifted,
                $"There is such an {client.Resource.Noun} again: {string.Join(", ", others.Select(item => item.ToString()))}. Nothing was sent.",
                "Compare it with the one that was removed; -Force creates another one.");
        }

        return new ChangePlan<T>(NewChange(plan, ChangeAction.Create, body), target, "Create again " + string.Join(", ", body.Names), body.Names
            .Select(name => new FieldDifference(name, Newtonsoft.Json.Linq.JValue.CreateNull(), body[name]!)).ToArray());
    }

    private ChangePlan<T> PlanDelete(UndoPlan plan, string target, T? present)
    {
        if (present is null)
        {
            return Empty(plan, target, null);
        }

        plan.CheckRemoval(present, force);
        return new ChangePlan<T>(NewChange(plan, ChangeAction.Delete), target, "Remove");
    }

    private ChangePlan<T> PlanUpdate(UndoPlan plan, string target, T? present)
    {
        if (present is null)
        {
            throw new AclException(
                ErrorKind.NotFound, $"The service has no {client.Resource.Noun} {plan.Id} any more. Nothing was sent.", "Undo its removal as well, or leave it out.");
        }

        var patch = plan.GetUpdate(present, force);
        return patch.IsEmpty
            ? Empty(plan, target, present)
            : new ChangePlan<T>(
                NewChange(plan, ChangeAction.Update, prepare: state => plan.GetUpdate(state, force)), target, "Restore " + string.Join(", ", patch.Names), patch.DifferencesFrom(present));
    }
}
