using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>One access control list that is in force for calls or messages, and the layer in which it is evaluated.</summary>
public sealed class EffectiveAccessControlList
{
    internal EffectiveAccessControlList(int layer, JObject fields)
    {
        Layer = layer;
        Direction = fields["direction"].AsText();
        VoiceActionTrue = fields["voice_action_true"].AsText();
        VoiceActionFalse = fields["voice_action_false"].AsText();
        SmsActionTrue = fields["sms_action_true"].AsText();
        SmsActionFalse = fields["sms_action_false"].AsText();
        RuleSids = new TextList((fields["access_control_rules"] as JArray ?? []).Select(sid => sid.ToString()));
        Version = ForceVersion + AccessControlListFields.GetChecksum(fields);
    }

    private EffectiveAccessControlList(EffectiveAccessControlList list, TextList? names, IReadOnlyList<AccessControlRule> rules)
    {
        Layer = list.Layer;
        Direction = list.Direction;
        VoiceActionTrue = list.VoiceActionTrue;
        VoiceActionFalse = list.VoiceActionFalse;
        SmsActionTrue = list.SmsActionTrue;
        SmsActionFalse = list.SmsActionFalse;
        RuleSids = list.RuleSids;
        Version = list.Version;
        RuleNames = names;
        Rules = rules;
    }

    internal const string ForceVersion = "effective-";

    /// <summary>The layer, from 1: the topmost object's lists are evaluated first.</summary>
    public int Layer { get; }

    /// <summary>The direction that it applies to: <c>any</c>, <c>inbound</c>, <c>outbound</c> or <c>undirected</c>.</summary>
    public string? Direction { get; }

    /// <summary>What happens to a call when a rule matched.</summary>
    public string? VoiceActionTrue { get; }

    /// <summary>What happens to a call when none matched.</summary>
    public string? VoiceActionFalse { get; }

    /// <summary>What happens to a message when a rule matched.</summary>
    public string? SmsActionTrue { get; }

    /// <summary>What happens to a message when none matched.</summary>
    public string? SmsActionFalse { get; }

    /// <summary>The sids of its rules, in order.</summary>
    public TextList RuleSids { get; }

    /// <summary>The names of its rules, in order; the sid of a rule that the credential does not see. Null where they were not read.</summary>
    public TextList? RuleNames { get; }

    /// <summary>Marks an exported row as a list in force: it does not show whose list it is, so no cmdlet changes a list by it.</summary>
    public string Version { get; }

    /// <summary>The rules themselves, in order; none unless they were requested, and without those that the credential cannot see.</summary>
    public IReadOnlyList<AccessControlRule> Rules { get; } = Array.Empty<AccessControlRule>();

    /// <summary>The same list with its rules.</summary>
    internal EffectiveAccessControlList With(IReadOnlyDictionary<string, AccessControlRule> rules) =>
        new(this, new TextList(RuleSids.Select(sid => rules.TryGetValue(sid, out var rule) ? CarrierX.RuleNames.NameOf(rule) : sid)), RuleSids.Where(rules.ContainsKey).Select(sid => rules[sid]).ToArray());

    /// <summary>The same list with the names of its rules.</summary>
    internal EffectiveAccessControlList With(TextList ruleNames) => new(this, ruleNames, Rules);
}
