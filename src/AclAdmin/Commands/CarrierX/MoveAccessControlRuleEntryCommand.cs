using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Runs;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>
/// Moves entries from one access control rule to another: two ordinary changes, of which the second waits for the first. Entries are removed only where the
/// other rule shows them, so that a refused change leaves each entry in one rule at least.
/// </summary>
[Cmdlet(VerbsCommon.Move, "AccessControlRuleEntry", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlScopes.Update)]
public sealed class MoveAccessControlRuleEntryCommand : ChangeCommand<AccessControlRule>
{
    private readonly List<string> _entries = [];

    /// <summary>The rule that the entries are taken from, by sid or name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string From { get; set; } = "";

    /// <summary>The rule that the entries are added to, by sid or name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string To { get; set; } = "";

    /// <summary>The entries to move, exactly as the rule has them.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ArgumentSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string[] Entries { get; set; } = [];

    /// <summary>Writes both rules as the service shows them afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override ChangeAction Action => ChangeAction.Update;

    private protected override bool WritesResults => PassThru;

    /// <summary>Collects the entries.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ArgumentSet)
        {
            _entries.AddRange(Entries);
        }
        else if (LanguagePrimitives.TryConvertTo<string[]>((InputObject?.Properties["Entries"] ?? InputObject?.Properties["Entry"])?.Value ?? InputObject, out var piped))
        {
            _entries.AddRange(piped);
        }
    }

    /// <summary>Moves them.</summary>
    protected override void EndProcessing()
    {
        try
        {
            Move(_entries.Select(entry => entry.Trim()).Where(entry => entry.Length > 0).Distinct(StringComparer.Ordinal).ToArray());
        }
        catch (AclException refused)
        {
            Session.Post(ChangeOutcome<AccessControlRule>.Failed(new Change<AccessControlRule>(new ChangeRow(From, 0)), refused));
        }

        Session.WriteAll();
    }

    private void Move(string[] wanted)
    {
        var client = FindClient(null);
        var sids = Await(new RuleNames(ActiveConnection).FindAsync([From, To], Reporter, Cancellation));
        if (string.Equals(sids[0], sids[1], StringComparison.OrdinalIgnoreCase))
        {
            throw new AclException(ErrorKind.ValidationFailed, "-From and -To are the same rule. Nothing was sent.", "Specify two rules.");
        }

        var (from, to) = (Read(client, sids[0]), Read(client, sids[1]));
        var entries = (from.Entries ?? Enumerable.Empty<string>()).Where(entry => wanted.Contains(entry, StringComparer.Ordinal)).ToArray();
        if (EntryEdit.DescribeMissing(from, [Removal(wanted.Except(to.Entries ?? Enumerable.Empty<string>(), StringComparer.Ordinal).ToArray())]) is { } missing)
        {
            WriteWarning($"{Definition.Resource.Noun} {from}: {missing}");
        }

        if (from.Field != to.Field || from.Operation != to.Operation || from.Quantifier != to.Quantifier)
        {
            WriteWarning(
                $"The rules compare differently, so the entries will match other calls or messages: {from.Field} {from.Operation} {from.Quantifier} -> {to.Field} {to.Operation} {to.Quantifier}.");
        }

        // Refused before anything is added: a rule that cannot be changed, or that would have no entries left.
        EntryEdit.Apply(from, [Removal(entries)]);
        if (entries.Length > 0 && Post(client, to, new EntryEdit(entries, [], new FieldPatch())))
        {
            Session.WriteOutstanding();
            var added = IsWhatIf ? entries : Session.HasEnded ? [] : entries.Intersect(Read(client, sids[1]).Entries ?? Enumerable.Empty<string>(), StringComparer.Ordinal).ToArray();
            if (added.Length > 0)
            {
                Post(client, from, Removal(added));
            }
        }
    }

    private static EntryEdit Removal(string[] entries) => new([], entries, new FieldPatch());

    private AccessControlRule Read(IResourceClient<AccessControlRule> client, string sid) => Await(client.GetAsync(sid, Reporter, Cancellation));

    /// <summary>Asks for one of the two changes, and posts it.</summary>
    /// <returns>Whether the other one may follow.</returns>
    private bool Post(IResourceClient<AccessControlRule> client, AccessControlRule rule, EntryEdit edit)
    {
        var change = new Change<AccessControlRule>(new ChangeRow(rule.RuleSid, 0))
        {
            Action = ChangeAction.Update,
            Client = client,
            Id = rule.RuleSid,
            Key = rule.RuleSid,
            Prepare = present => EntryEdit.Apply(present, [edit]),
        };
        var plan = new ChangePlan<AccessControlRule>(change, $"{Definition.Resource.Noun} {rule}", EntryEdit.Describe([edit]), EntryEdit.Apply(rule, [edit]).DifferencesFrom(rule));
        Session.Summary.Rows++;
        if (plan.Differences!.Count == 0)
        {
            Session.Post(ChangeOutcome<AccessControlRule>.Unchanged(change, rule));
        }
        else if (Session.Ask(this, plan, () => DifferencePreview.ShouldApply(this, plan.Target, plan.Operation, plan.Differences)))
        {
            Session.Post(change);
        }
        else
        {
            Session.Post(ChangeOutcome<AccessControlRule>.Skipped(change));
            return IsWhatIf;
        }

        return true;
    }
}
