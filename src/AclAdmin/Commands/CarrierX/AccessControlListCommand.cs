using System;
using System.Collections.Generic;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Runs;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that changes access control lists, and declares the parameters for the owner once. All rows for one owner result in one write.</summary>
public abstract class AccessControlListCommand : RowCommand<AccessControlListOwner>
{
    private ListEdits? _edits;
    private RuleNames? _names;
    private ListOwnerNames? _owners;

    /// <summary>The owner of the list in one text, as results show it.</summary>
    [Parameter(ParameterSetName = ArgumentSet)]
    [Parameter(ParameterSetName = RowSet)]
    [IdArgument]
    [ArgumentCompleter(typeof(IdCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? Owner { get; set; } = [];

    /// <summary>The partner that has the list.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("partner_sid")]
    [Field(typeof(AccessControlListOwner), "partner_sid")]
    [ArgumentCompleter(typeof(ListOwnerCompleter))]
    public string? PartnerSid { get; set; }

    /// <summary>The trunk group that has the list, or whose trunk has it.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("trunk_group_sid")]
    [Field(typeof(AccessControlListOwner), "trunk_group_sid")]
    [ArgumentCompleter(typeof(ListOwnerCompleter))]
    public string? TrunkGroupSid { get; set; }

    /// <summary>The trunk that has the list.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("trunk_sid")]
    [Field(typeof(AccessControlListOwner), "trunk_sid")]
    [ArgumentCompleter(typeof(ListOwnerCompleter))]
    public string? TrunkSid { get; set; }

    /// <summary>The direction of the list.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlListOwner), "direction")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Direction { get; set; }

    /// <summary>The list's version when it was read; a list that has changed since is left alone.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlListOwner), "version")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Version { get; set; }

    /// <summary>The separator between the rules of a list in a cell.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string ListSeparator { get; set; } = CellParser.DefaultListSeparator;

    /// <summary>What a row does.</summary>
    private protected abstract ListEditKind Kind { get; }

    private protected override ChangeAction Action => ChangeAction.Update;

    private protected override IReadOnlyList<string?> Ids => Owner ?? [];

    private protected override Type ResultType => typeof(AccessControlList);

    private protected override Func<ApiResource, IEnumerable<ApiResource>>? PartsOf => owner => Edits.FindEdited((AccessControlListOwner)owner);

    private ListEdits Edits => _edits ??= new ListEdits(
        Kind,
        (client, id) => Await(client.GetAsync(id, Reporter, Cancellation)),
        owner => Await((_owners ??= new ListOwnerNames(ActiveConnection)).FindAsync(owner, Reporter, Cancellation)),
        rules => Await((_names ??= new RuleNames(ActiveConnection)).FindAsync(rules, Reporter, Cancellation)),
        MyInvocation.BoundParameters.ContainsKey);

    private protected override RowReader CreateReader() => CreateReader([], EmptyValue.Ignore, ListSeparator);

    private protected override ChangePlan<AccessControlListOwner>? PlanRow(RowContent content, IResourceClient<AccessControlListOwner> client, ChangeRow row) =>
        Edits.Plan(content, client, row);

    private protected override bool ShouldApply(ChangePlan<AccessControlListOwner> plan) =>
        DifferencePreview.ShouldApply(this, plan.Target, plan.Operation, plan.Differences ?? []);

    private protected override void PostCollected()
    {
        foreach (var change in Edits.MakeChanges())
        {
            Session.Post(change);
            Session.WriteReady();
        }
    }

    /// <summary>Accepts a piped rule in place of its sid.</summary>
    private protected static bool ReadRule(ApiResource result, RowContent content)
    {
        if (result is not AccessControlRule rule)
        {
            return false;
        }

        content.Patch.Set(Definition.Resource.GetInput("rule"), new Newtonsoft.Json.Linq.JArray(rule.RuleSid));
        return true;
    }
}

/// <summary>A cmdlet that writes fields of access control lists.</summary>
public abstract class AccessControlListFieldCommand : AccessControlListCommand
{
    /// <summary>The rules of the list, by sid or name.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("access_control_rules", "RuleSids")]
    [Field(typeof(AccessControlListOwner), "access_control_rules")]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>What happens to a call that a rule matches.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("voice_action_true")]
    [Field(typeof(AccessControlListOwner), "voice_action_true")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? VoiceActionTrue { get; set; }

    /// <summary>What happens to a call that no rule matches.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("voice_action_false")]
    [Field(typeof(AccessControlListOwner), "voice_action_false")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? VoiceActionFalse { get; set; }

    /// <summary>What happens to a message that a rule matches; partners only.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("sms_action_true")]
    [Field(typeof(AccessControlListOwner), "sms_action_true")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? SmsActionTrue { get; set; }

    /// <summary>What happens to a message that no rule matches; partners only.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("sms_action_false")]
    [Field(typeof(AccessControlListOwner), "sms_action_false")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? SmsActionFalse { get; set; }

    /// <summary>Fields to clear (JSON null) on every row, by parameter name or API name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClearableFieldCompleter))]
    public string[] Clear { get; set; } = [];

    /// <summary>What an empty cell means.</summary>
    [Parameter]
    public EmptyValue EmptyValue { get; set; }

    private protected override RowReader CreateReader() => CreateReader(Clear, EmptyValue, ListSeparator);
}
