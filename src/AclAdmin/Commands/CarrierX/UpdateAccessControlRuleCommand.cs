using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Commands;

/// <summary>Changes the specified fields of access control rules (PATCH), and leaves the others alone.</summary>
[Cmdlet(VerbsData.Update, "AccessControlRule", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlScopes.Update)]
public sealed class UpdateAccessControlRuleCommand : AccessControlRuleChangeCommand
{
    // By rule, in the order in which the rules first occurred.
    private readonly List<RuleEdits> _edits = [];
    private readonly Dictionary<string, RuleEdits> _editsBySid = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Entries to add; those that the rule already contains stay as they are.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("add_entry")]
    [Field(typeof(AccessControlRule), "add_entry")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string[]? AddEntry { get; set; }

    /// <summary>Entries to take out.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EntryCompleter))]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("remove_entry")]
    [Field(typeof(AccessControlRule), "remove_entry")]
    public string[]? RemoveEntry { get; set; }

    private protected override ChangeAction Action => ChangeAction.Update;

    /// <summary>Rows that edit single entries wait until all rows have been read, so that each rule is read once and written once.</summary>
    private protected override ChangePlan<AccessControlRule>? PlanRow(RowContent content, IResourceClient<AccessControlRule> client, ChangeRow row)
    {
        var add = RemoveTexts(content.Patch, AccessControlRule.AddEntry);
        var remove = RemoveTexts(content.Patch, AccessControlRule.RemoveEntry);

        // A row for a rule with waiting rows waits as well: otherwise it would overtake them.
        var editsEntries = add.Length > 0 || remove.Length > 0;
        if (!editsEntries && (content.Patch.IsEmpty || !_editsBySid.ContainsKey(content.Id)))
        {
            return base.PlanRow(content, client, row);
        }

        var id = Planner.CheckTarget(content);
        CheckEdit(content.Patch, add, remove);
        if (!_editsBySid.TryGetValue(id, out var edits))
        {
            edits = _editsBySid[id] = new RuleEdits(content, client);
            _edits.Add(edits);
        }

        edits.Rows.Add(row);
        edits.Edits.Add(new EntryEdit(add, remove, content.Patch));
        return null;
    }

    /// <summary>There is one confirmation for each rule, which shows the result of all its rows.</summary>
    private protected override void PostCollected()
    {
        foreach (var edits in _edits)
        {
            if (TryPlan(edits, out var plan))
            {
                AskAndPost(plan!);
            }

            Session.WriteReady();
        }
    }

    /// <summary>Plans all edits of a rule. Where the preview needs the present rule, the edits are tried on it, and a refusal is their error.</summary>
    private bool TryPlan(RuleEdits edits, out ChangePlan<AccessControlRule>? plan)
    {
        var rule = edits.Rule;
        var change = new Change<AccessControlRule>(edits.Rows.ToArray())
        {
            Action = ChangeAction.Update,
            Client = edits.Client,
            Id = rule.Id,
            Key = rule.Id,
            Prepare = state => EntryEdit.Apply(state, edits.Edits),
        };
        try
        {
            IReadOnlyList<FieldDifference>? differences = null;
            if (Session.HasEnded is false && Planner.FindState(rule, edits.Client) is { } state)
            {
                rule.DisplayName = state.GetDisplayName();
                differences = EntryEdit.Apply(state, edits.Edits).DifferencesFrom(state);
            }

            plan = new ChangePlan<AccessControlRule>(change, rule.Describe(Definition.Resource), EntryEdit.Describe(edits.Edits), differences)
            {
                IsEmpty = differences is { Count: 0 },
            };
            return true;
        }
        catch (AclException refused)
        {
            Session.Post(ChangeOutcome<AccessControlRule>.Failed(change, refused));
            plan = null;
            return false;
        }
    }

    private static string[] RemoveTexts(FieldPatch patch, FieldDescriptor field) =>
        patch.Remove(field.Name) is JArray items ? items.Select(item => item.Value<string>()!).ToArray() : [];

    private static void CheckEdit(FieldPatch fields, string[] add, string[] remove)
    {
        var problem = fields.IsSpecified("entries") && (add.Length > 0 || remove.Length > 0)
            ? "entries and single entries to add or remove contradict each other"
            : add.Intersect(remove, StringComparer.Ordinal).FirstOrDefault() is { } both
                ? $"'{both}' is to be added and to be removed"
                : string.Join("; ", fields.Validate(AccessControlRule.Descriptor, []));
        if (problem.Length > 0)
        {
            throw new AclException(ErrorKind.ValidationFailed, problem + ". Nothing was sent.", "Specify one or the other.");
        }
    }

    /// <summary>All edits of one rule.</summary>
    private sealed class RuleEdits(ItemSpecification rule, IResourceClient<AccessControlRule> client)
    {
        public ItemSpecification Rule { get; } = rule;

        public IResourceClient<AccessControlRule> Client { get; } = client;

        public List<ChangeRow> Rows { get; } = [];

        public List<EntryEdit> Edits { get; } = [];
    }
}
