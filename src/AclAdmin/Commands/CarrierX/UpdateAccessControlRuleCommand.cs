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

    /// <summary>Whether an entry is a number, a prefix, an expression or a word depends on the rule, which is read anyway.</summary>
    private protected override bool JudgesLater => true;

    /// <summary>Rows that edit single entries wait until all rows have been read, so that each rule is read once and written once.</summary>
    private protected override ChangePlan<AccessControlRule>? PlanRow(RowContent content, IResourceClient<AccessControlRule> client, ChangeRow row)
    {
        var add = RemoveTexts(content.Patch, AccessControlRule.AddEntry);
        var remove = RemoveTexts(content.Patch, AccessControlRule.RemoveEntry);

        // A row for a rule with waiting rows waits as well: otherwise it would overtake them.
        var editsEntries = add.Length > 0 || remove.Length > 0;
        if (!editsEntries)
        {
            if (Reader.Judge(content.Doubts, content.ValueOf) is { } invalid)
            {
                throw invalid;
            }

            if (content.Patch.IsEmpty || !_editsBySid.ContainsKey(content.Id))
            {
                return base.PlanRow(content, client, row);
            }
        }

        var id = Planner.CheckTarget(content);
        CheckEdit(content.Patch, add, remove);
        if (!_editsBySid.TryGetValue(id, out var edits))
        {
            edits = _editsBySid[id] = new RuleEdits(content, client);
            _edits.Add(edits);
        }

        edits.Rows.Add(new RowEdit(row, content, new EntryEdit(add, remove, content.Patch)));
        return null;
    }

    /// <summary>There is one confirmation for each rule, which shows the result of all its rows.</summary>
    private protected override void PostCollected()
    {
        foreach (var edits in _edits)
        {
            if (TryPlan(edits) is { } plan)
            {
                AskAndPost(plan);
            }

            Session.WriteReady();
        }
    }

    /// <summary>Plans all edits of a rule. Where the preview needs the present rule, the edits are tried on it, and a refusal is their error.</summary>
    /// <returns>Null where no row is left to be carried out: each has its error.</returns>
    private ChangePlan<AccessControlRule>? TryPlan(RuleEdits edits)
    {
        var rule = edits.Rule;
        try
        {
            var state = Session.HasEnded ? null : Planner.FindState(rule, edits.Client);
            RefuseByState(edits, state);
            if (edits.Rows.Count == 0)
            {
                return null;
            }

            IReadOnlyList<FieldDifference>? differences = null;
            var parts = edits.Parts;
            if (state is not null)
            {
                rule.DisplayName = state.GetDisplayName();
                differences = EntryEdit.Apply(state, parts).DifferencesFrom(state);
            }

            var target = rule.Describe(Definition.Resource);
            var change = new Change<AccessControlRule>(edits.AllRows)
            {
                Action = ChangeAction.Update,
                Client = edits.Client,
                Id = rule.Id,
                Key = rule.Id,
                Prepare = present => EntryEdit.Apply(present, parts),
                WarnOf = state is null ? present => EntryEdit.DescribeMissing(present, parts) is { } missing ? $"{target}: {missing}" : null : null,
            };
            return new ChangePlan<AccessControlRule>(change, target, EntryEdit.Describe(parts), differences)
            {
                IsEmpty = differences is { Count: 0 },
                Warning = state is null ? null : EntryEdit.DescribeMissing(state, parts),
            };
        }
        catch (AclException refused)
        {
            Session.Post(ChangeOutcome<AccessControlRule>.Failed(new Change<AccessControlRule>(edits.AllRows), refused));
            return null;
        }
    }

    /// <summary>Takes out the rows whose cells cannot be meant for a rule like this one, each with its error. The rule is read where any row depends on it.</summary>
    private void RefuseByState(RuleEdits edits, AccessControlRule? state)
    {
        foreach (var doubtful in Session.HasEnded ? [] : edits.Rows.Where(row => row.Content.Doubts.Count > 0).ToArray())
        {
            state ??= Await(edits.Client.GetAsync(edits.Rule.Id, Reporter, Cancellation));
            JToken? ValueOf(string name) => doubtful.Content.ValueOf(name) ?? state.GetField(name);
            if (Reader.Judge(doubtful.Content.Doubts, ValueOf) is { } invalid)
            {
                edits.Rows.Remove(doubtful);
                Session.Post(ChangeOutcome<AccessControlRule>.Failed(new Change<AccessControlRule>(doubtful.Row), invalid));
            }
            else if (AccessControlRule.AddEntry.IsReadAs(ValueOf))
            {
                edits.Rows[edits.Rows.IndexOf(doubtful)] = doubtful with { Edit = doubtful.Edit.AsRead() };
            }
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

    /// <summary>A row, what it specifies, and the edit that it asks for.</summary>
    private sealed record RowEdit(ChangeRow Row, RowContent Content, EntryEdit Edit);

    /// <summary>All edits of one rule.</summary>
    private sealed class RuleEdits(ItemSpecification rule, IResourceClient<AccessControlRule> client)
    {
        public ItemSpecification Rule { get; } = rule;

        public IResourceClient<AccessControlRule> Client { get; } = client;

        public List<RowEdit> Rows { get; } = [];

        public ChangeRow[] AllRows => Rows.Select(row => row.Row).ToArray();

        public EntryEdit[] Parts => Rows.Select(row => row.Edit).ToArray();
    }
}
