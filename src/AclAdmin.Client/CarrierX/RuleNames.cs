using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.CarrierX;

/// <summary>Finds the sids of rules that are specified by name. The rules are read once, and only where a name is used.</summary>
/// <param name="connection">The connection to use.</param>
public sealed class RuleNames(ApiConnection connection)
{
    private IReadOnlyCollection<AccessControlRule>? _rules;
    private Dictionary<string, string>? _names;

    /// <summary>The sids of rules.</summary>
    /// <param name="rules">A sid or a name each.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="AclException">
    /// <see cref="ErrorKind.NotFound"/>: no rule has the name. <see cref="ErrorKind.ValidationFailed"/>: several have it. Or the rules could not be read.
    /// </exception>
    public async Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<string> rules, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (rules.Any(rule => !IsSid(rule)))
        {
            await ReadAsync(observer, cancellationToken).ConfigureAwait(false);
        }

        return rules.Select(rule => IsSid(rule) ? rule : Find(rule)).ToArray();
    }

    /// <summary>The names of the rules of lists, for people: where the rules cannot be read, and for a rule that is not shown or has no name, the sid.</summary>
    /// <param name="lists">The sids of the rules of each list.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <returns>The names for each list.</returns>
    public async Task<IReadOnlyList<TextList>> NameAsync(IReadOnlyList<TextList?> lists, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (_names is null && lists.Any(sids => sids is { Count: > 0 }))
        {
            try
            {
                await ReadAsync(observer, cancellationToken).ConfigureAwait(false);
            }
            catch (AclException unreadable)
            {
                observer.OnNote($"The names of rules are not shown: {unreadable.Message}");
            }

            _names = (_rules ?? []).GroupBy(rule => rule.RuleSid, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(rule => rule.Key, rule => NameOf(rule.First()), StringComparer.OrdinalIgnoreCase);
        }

        return lists.Select(sids => new TextList((sids ?? Enumerable.Empty<string>()).Select(sid => _names is not null && _names.TryGetValue(sid, out var name) ? name : sid))).ToArray();
    }

    /// <summary>The name of a rule, or the sid of one that has none.</summary>
    internal static string NameOf(AccessControlRule rule) => rule.Name is { Length: > 0 } name && name != AccessControlRule.Descriptor["name"].ServiceDefault ? name : rule.RuleSid;

    private async Task ReadAsync(IRequestObserver observer, CancellationToken cancellationToken) =>
        _rules ??= (await Snapshot.ReadAsync(new AccessControlRuleClient(connection), observer, cancellationToken).ConfigureAwait(false)).Values.ToArray();

    /// <summary>CarrierX documents sids as uuids.</summary>
    private static bool IsSid(string rule) => Guid.TryParseExact(rule, "D", out _);

    private string Find(string name)
    {
        // A name that matches in case takes precedence over those that differ in case.
        var found = _rules!.Where(rule => rule.RuleSid == name || rule.Name == name).ToArray();
        found = found.Length > 0 ? found : _rules!.Where(rule => string.Equals(rule.Name, name, StringComparison.OrdinalIgnoreCase)).ToArray();
        return found.Length switch
        {
            1 => found[0].RuleSid,
            0 => throw new AclException(
                ErrorKind.NotFound, $"There is no access control rule named '{DisplayText.Of(name)}'. Nothing was sent for this row.", "Look for it with Get-AccessControlRule."),
            _ => throw new AclException(
                ErrorKind.ValidationFailed,
                $"{found.Length} access control rules are named '{DisplayText.Of(name)}': {string.Join(", ", found.Take(5).Select(rule => rule.RuleSid))}{(found.Length > 5 ? ", ..." : "")}. Nothing was sent for this row.",
                "Specify the sid of the one that is meant."),
        };
    }
}
