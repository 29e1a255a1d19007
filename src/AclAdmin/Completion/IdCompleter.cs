using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Completion;

/// <summary>
/// Offers the ids of the items in the list that a cmdlet works on, found by a part of the id or of the item's description. Reads for two seconds at most,
/// keeps the result for a minute, and offers nothing without a connection: pressing Tab must never hang or fail.
/// </summary>
public sealed class IdCompleter : IArgumentCompleter
{
    private static readonly TimeSpan TimeBox = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<string, (DateTime Until, IReadOnlyList<ApiResource> Items)> Cache = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Offer(CommandFields.DefinitionOf(commandName), wordToComplete, fakeBoundParameters);

    /// <summary>Offers the ids of the items in a list.</summary>
    internal static IEnumerable<CompletionResult> Offer(IResourceDefinition? definition, string wordToComplete, IDictionary bound) =>
        Offers.Fitting(wordToComplete, Find(definition, bound)
            .Where(item => RequestPath.IsId(item.GetIdentity()))
            .OrderBy(item => item.GetDisplayName(), StringComparer.CurrentCultureIgnoreCase)
            .Select(item => new Offer(item.GetIdentity(), item.GetDisplayName() ?? "", item.GetDescription())));

    /// <summary>The items of the list that a cmdlet works on; none where they cannot be read in time.</summary>
    internal static IReadOnlyList<ApiResource> Find(string commandName, IDictionary bound) => Find(CommandFields.DefinitionOf(commandName), bound);

    /// <summary>The items of a list; none where they cannot be read in time.</summary>
    internal static IReadOnlyList<ApiResource> Find(IResourceDefinition? definition, IDictionary bound)
    {
        if (definition is null)
        {
            return [];
        }

        try
        {
            var named = bound["Connection"] switch
            {
                AclConnection connection => connection,
                string name => AclConnection.Named(name),
                _ => null,
            };
            var account = bound["AccountId"] as string;
            var active = ConnectionLookup.Find(definition.Service, named);
            var key = $"{definition.Resource.Noun}\n{active.Name}\n{active.BaseUri}\n{account ?? active.AccountId}";
            if (!Cache.TryGetValue(key, out var kept) || kept.Until < DateTime.UtcNow)
            {
                // A failed read is not kept: the next Tab tries again.
                if (Read(definition, active, account) is not { } items)
                {
                    return [];
                }

                kept = Cache[key] = (DateTime.UtcNow + KeptFor, items);
            }

            return kept.Items;
        }
        catch (AclException)
        {
            return [];
        }
    }

    /// <summary>Reads in the background, so that a slow service costs the time box and no more.</summary>
    private static IReadOnlyList<ApiResource>? Read(IResourceDefinition definition, ApiConnection connection, string? account)
    {
        using var timer = new CancellationTokenSource(TimeBox);
        var token = timer.Token;
        var reading = Task.Run(() => definition.ReadAllAsync(connection, account, SilentObserver.Instance, token), token);
        try
        {
            return reading.Wait(TimeBox) ? reading.Result : null;
        }
        catch (AggregateException)
        {
            return null;
        }
    }
}
