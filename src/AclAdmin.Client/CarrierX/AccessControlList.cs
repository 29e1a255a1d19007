using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>An access control list: the rules of one direction, and what happens to calls and messages that they match or do not match.</summary>
public sealed class AccessControlList : ApiResource
{
    /// <summary>The field table, which is that of the list's owner.</summary>
    public static readonly ResourceDescriptor Descriptor = AccessControlListOwner.Descriptor;

    internal const string OwnVersion = "own-";
    internal const string ParentVersion = "parent-";

    private readonly AccessControlListOwner _owner;

    internal AccessControlList(AccessControlListOwner owner, int? index, JObject fields)
        : base(fields)
    {
        _owner = owner;
        Index = index;
    }

    /// <summary>The list's owner, such as <c>trunk_groups/9c7d2b41-...</c>.</summary>
    public string Owner => _owner.GetIdentity();

    /// <summary>What people call that.</summary>
    public string? OwnerName => _owner.GetDisplayName();

    /// <summary>The list's place among the owner's own, from 1; null for one that the parent partner has assigned, which only the parent can change.</summary>
    public int? Index { get; }

    /// <summary>
    /// What identifies the list in an exported row: <c>own</c> or <c>parent</c> (assigned by the parent partner), and a checksum of its content. A row whose
    /// version no list has any more is a <see cref="ErrorKind.Conflict"/>.
    /// </summary>
    public string Version => (Index is null ? ParentVersion : OwnVersion) + AccessControlListFields.GetChecksum(CopyFields());

    /// <summary>The names of its rules, in order; the sid of a rule that the credential does not see. Null where they were not read.</summary>
    public TextList? RuleNames { get; private init; }

    /// <summary>The direction that it applies to: <c>any</c>, <c>inbound</c>, <c>outbound</c> or <c>undirected</c>.</summary>
    public string? Direction => Text(AccessControlListFields.Direction);

    /// <summary>What happens to a call when a rule matched: <c>accept</c>, <c>reject403</c>, <c>reject503</c>; null for nothing.</summary>
    public string? VoiceActionTrue => Text("voice_action_true");

    /// <summary>What happens to a call when no rule matched.</summary>
    public string? VoiceActionFalse => Text("voice_action_false");

    /// <summary>What happens to a message when a rule matched: <c>accept</c>, <c>reject</c>; null for nothing, and always on trunk groups and trunks.</summary>
    public string? SmsActionTrue => Text("sms_action_true");

    /// <summary>What happens to a message when no rule matched.</summary>
    public string? SmsActionFalse => Text("sms_action_false");

    /// <summary>The sids of its rules, in order.</summary>
    public TextList? RuleSids => List(AccessControlListFields.Rules);

    /// <summary>The partner, where the list is part of one; null elsewhere.</summary>
    public string? PartnerSid => _owner.Id.Kind == ListOwnerKind.Partner ? _owner.Id.Sid : null;

    /// <summary>The trunk group that the list is part of, or whose trunk has it; null elsewhere.</summary>
    public string? TrunkGroupSid => _owner.Id.TrunkGroupSid;

    /// <summary>The trunk, where the list is part of one; null elsewhere.</summary>
    public string? TrunkSid => _owner.Id.Kind == ListOwnerKind.Trunk ? _owner.Id.Sid : null;

    /// <summary>The same list with the names of its rules.</summary>
    internal AccessControlList With(TextList ruleNames) => new(_owner, Index, CopyFields()) { RuleNames = ruleNames };

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;

    /// <inheritdoc/>
    internal override string GetIdentity() => Owner;

    /// <inheritdoc/>
    internal override string? GetDisplayName() => OwnerName;

    /// <inheritdoc/>
    internal override string GetDescription() => Index is null ? $"{Direction} list, assigned by the parent partner" : $"list {Index} ({Direction})";

    /// <inheritdoc/>
    internal override AclException? GetReadOnlyReason() => Index is null ? AssignedByParent(_owner, Direction) : null;

    /// <summary>The error for a change of a list that only the parent partner can change.</summary>
    internal static AclException AssignedByParent(AccessControlListOwner owner, string? direction) => new(
        ErrorKind.ValidationFailed,
        $"The list{(direction is null ? "" : $" (direction {DisplayText.Of(direction)})")} of {DisplayText.Of(owner.OwnerName is { Length: > 0 } name ? name : owner.Owner)} was assigned by the parent partner and cannot be changed here. Nothing was sent.",
        "Ask the parent partner to change it, or create a list of your own.");
}
