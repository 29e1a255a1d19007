using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Completion;

/// <summary>Offers the sids of partners, trunk groups or trunks, by their names; of trunks only those of the group on the line.</summary>
public sealed class ListOwnerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var kind = parameterName.ToUpperInvariant() switch
        {
            "PARTNERSID" => ListOwnerKind.Partner,
            "TRUNKGROUPSID" => ListOwnerKind.TrunkGroup,
            _ => ListOwnerKind.Trunk,
        };
        var group = kind == ListOwnerKind.Trunk ? fakeBoundParameters["TrunkGroupSid"] as string : null;
        return Offers.Fitting(wordToComplete, IdCompleter.Find(ResourceDefinitions.Of<AccessControlListOwner>(), fakeBoundParameters)
            .OfType<AccessControlListOwner>()
            .Where(owner => owner.Id.Kind == kind && (group is null || string.Equals(owner.Id.TrunkGroupSid, group, StringComparison.OrdinalIgnoreCase)))
            .Where(owner => RequestPath.IsId(owner.Id.Sid))
            .OrderBy(owner => owner.GetDisplayName(), StringComparer.CurrentCultureIgnoreCase)
            .Select(owner => new Offer(owner.Id.Sid, owner.GetDisplayName() ?? "", owner.GetDescription())));
    }
}

/// <summary>Offers the sids of rules, by their descriptions, where a rule belongs to another list than the cmdlet's own.</summary>
public sealed class RuleCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        IdCompleter.Offer(ResourceDefinitions.Of<AccessControlRule>(), wordToComplete, fakeBoundParameters);
}
