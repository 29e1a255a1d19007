using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>Reads access control lists: those of one owner, or all that the credential sees.</summary>
[Cmdlet(VerbsCommon.Get, "AccessControlList")]
[OutputType(typeof(AccessControlList), typeof(AccessControlListOwner))]
[RequiresPermission(ListOwnerScopes.Read)]
public sealed class GetAccessControlListCommand : ItemCommand<AccessControlListOwner>
{
    private RuleNames? _names;
    private ListOwnerNames? _owners;

    /// <summary>The partner whose lists are read.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("partner_sid")]
    [Field(typeof(AccessControlListOwner), "partner_sid")]
    [ArgumentCompleter(typeof(ListOwnerCompleter))]
    public string? PartnerSid { get; set; }

    /// <summary>The trunk group whose lists are read, or that the trunk belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("trunk_group_sid")]
    [Field(typeof(AccessControlListOwner), "trunk_group_sid")]
    [ArgumentCompleter(typeof(ListOwnerCompleter))]
    public string? TrunkGroupSid { get; set; }

    /// <summary>The trunk whose lists are read.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("trunk_sid")]
    [Field(typeof(AccessControlListOwner), "trunk_sid")]
    [ArgumentCompleter(typeof(ListOwnerCompleter))]
    public string? TrunkSid { get; set; }

    /// <summary>The owner of the lists in one text, as results show it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? Owner { get; set; }

    /// <summary>Only lists of this direction.</summary>
    [Parameter]
    [Field(typeof(AccessControlListOwner), "direction")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Direction { get; set; }

    /// <summary>Only lists that contain one of these rules, by sid or name.</summary>
    [Parameter]
    [Alias("RuleSid", "rule_sid")]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[] Rule { get; set; } = [];

    /// <summary>Writes the partners, trunk groups and trunks that have no list of their own, in place of lists.</summary>
    [Parameter]
    public SwitchParameter WithoutList { get; set; }

    /// <summary>Refuses an unknown direction.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            _ = new CommandLine(this, []);
        }
        catch (AclException unknown)
        {
            ThrowTerminatingError(ErrorRecords.From(unknown, null));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryAwait(ReadAsync, Owner ?? TrunkSid ?? TrunkGroupSid ?? PartnerSid, out var lists))
        {
            WriteObject(lists, enumerateCollection: true);
        }
    }

    private async Task<IReadOnlyList<ApiResource>> ReadAsync()
    {
        var client = new AccessControlListClient(ActiveConnection);
        var isOne = new[] { Owner, PartnerSid, TrunkGroupSid, TrunkSid }.Any(sid => !string.IsNullOrEmpty(sid));
        var names = _names ??= new RuleNames(ActiveConnection);
        var rules = await names.FindAsync(Rule, Reporter, Cancellation).ConfigureAwait(false);
        IEnumerable<AccessControlListOwner> owners = isOne
            ? [await client.GetAsync(await FindOwnerAsync().ConfigureAwait(false), Reporter, Cancellation).ConfigureAwait(false)]
            : (await Snapshot.ReadAsync(client, Reporter, Cancellation).ConfigureAwait(false)).Values;
        if (WithoutList)
        {
            return owners.Where(owner => !owner.GetLists().Any(list => list.Index is not null && IsWanted(list, rules))).ToArray();
        }

        var lists = owners.SelectMany(owner => owner.GetLists()).Where(list => IsWanted(list, rules)).ToArray();
        var shown = await names.NameAsync(lists.Select(list => list.RuleSids).ToArray(), Reporter, Cancellation).ConfigureAwait(false);
        return lists.Zip(shown, (list, ruleNames) => list.With(ruleNames)).ToArray();
    }

    private bool IsWanted(AccessControlList list, IReadOnlyList<string> rules) =>
        (Direction is null || string.Equals(list.Direction, Direction, StringComparison.OrdinalIgnoreCase))
        && (rules.Count == 0 || list.RuleSids?.Intersect(rules, StringComparer.OrdinalIgnoreCase).Any() == true);

    private Task<string> FindOwnerAsync() => (_owners ??= new ListOwnerNames(ActiveConnection)).FindAsync(
        string.IsNullOrEmpty(Owner) ? new OwnerReference(null, PartnerSid, TrunkGroupSid, TrunkSid) : new OwnerReference(Owner), Reporter, Cancellation);
}
