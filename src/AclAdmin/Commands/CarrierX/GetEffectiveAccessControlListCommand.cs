using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Commands;

/// <summary>Shows the access control lists that are in force for calls or messages, layer by layer.</summary>
[Cmdlet(VerbsCommon.Get, "EffectiveAccessControlList")]
[OutputType(typeof(EffectiveAccessControlList))]
[RequiresPermission(AccessControlScopes.Read)]
public sealed class GetEffectiveAccessControlListCommand : ConnectedCommand
{
    private const string Calls = "Calls";
    private const string Sms = "Sms";

    private RuleNames? _names;
    private ListOwnerNames? _owners;

    /// <summary>Whether the lists for calls or those for messages are shown.</summary>
    [Parameter(Position = 0)]
    [ValidateSet(Calls, Sms)]
    public string Channel { get; set; } = Calls;

    /// <summary>Only lists for this direction.</summary>
    [Parameter]
    [ValidateSet("any", "inbound", "outbound", "undirected")]
    public string? Direction { get; set; }

    /// <summary>The partner whose lists are shown; without it, the credential's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("partner_sid")]
    [ArgumentCompleter(typeof(ListOwnerCompleter))]
    public string? PartnerSid { get; set; }

    /// <summary>The trunk group whose lists are shown; calls only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("trunk_group_sid")]
    [ArgumentCompleter(typeof(ListOwnerCompleter))]
    public string? TrunkGroupSid { get; set; }

    /// <summary>The trunk whose lists are shown; calls only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("trunk_sid")]
    [ArgumentCompleter(typeof(ListOwnerCompleter))]
    public string? TrunkSid { get; set; }

    /// <summary>Reads the rules of each list as well.</summary>
    [Parameter]
    public SwitchParameter ExpandRules { get; set; }

    private protected override ServiceProfile Service => CarrierXService.Instance;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryAwait(ReadAsync, TrunkSid ?? TrunkGroupSid ?? PartnerSid, out var lists))
        {
            WriteObject(lists, enumerateCollection: true);
        }
    }

    private async Task<object> ReadAsync()
    {
        if (Channel == Sms && (TrunkGroupSid ?? TrunkSid) is not null)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                "Lists for messages cannot be read by trunk group or trunk.",
                "Omit -TrunkGroupSid and -TrunkSid, or specify -Channel Calls.");
        }

        var client = new EffectiveAccessControlListClient(ActiveConnection);
        var owners = _owners ??= new ListOwnerNames(ActiveConnection);
        var query = new EffectiveListQuery(
            Direction?.ToLowerInvariant(),
            await owners.FindSidAsync(ListOwnerKind.Partner, PartnerSid, Reporter, Cancellation).ConfigureAwait(false),
            await owners.FindSidAsync(ListOwnerKind.TrunkGroup, TrunkGroupSid, Reporter, Cancellation).ConfigureAwait(false),
            await owners.FindSidAsync(ListOwnerKind.Trunk, TrunkSid, Reporter, Cancellation).ConfigureAwait(false));
        var lists = await client.ReadAsync(Channel == Sms, query, Reporter, Cancellation).ConfigureAwait(false);
        if (ExpandRules)
        {
            return await client.ExpandAsync(lists, Reporter, Cancellation).ConfigureAwait(false);
        }

        var names = await (_names ??= new RuleNames(ActiveConnection)).NameAsync(lists.Select(list => list.RuleSids).ToArray(), Reporter, Cancellation).ConfigureAwait(false);
        return lists.Zip(names, (list, ruleNames) => list.With(ruleNames)).ToArray();
    }
}
