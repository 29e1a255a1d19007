using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>An access control list: the rules of one direction, and what happens to calls and messages that they match or do not match.</summary>
public sealed class AccessControlList : ApiResource
{
    /// <summary>The field table, which is that of the list's owner.</summary>
    public static readonly ResourceDescriptor Descriptor = AccessControlListOwner.Descriptor;

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

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;

    /// <inheritdoc/>
    internal override string GetIdentity() => Owner;

    /// <inheritdoc/>
    internal override string? GetDisplayName() => OwnerName;

    /// <inheritdoc/>
    internal override string GetDescription() => Index is null ? $"{Direction} list, assigned by the parent partner" : $"list {Index} ({Direction})";

    /// <inheritdoc/>
    internal override AclException? GetReadOnlyReason() => Index is null
        ? new AclException(
            ErrorKind.ValidationFailed,
            $"The {Direction} access control list of {_owner} is assigned by the parent partner. Nothing was sent.",
            "Ask the parent partner to change it, or create a list of your own.")
        : null;
}
