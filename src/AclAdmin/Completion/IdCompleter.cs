using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;
using AclAdmin.Surfaces;

namespace AclAdmin.Completion;

/// <summary>
/// Offers the ids of what is on the service, found by a part of the id, the name or the address. Reads for two seconds at most, keeps what it has
/// read for a minute, and offers nothing where nothing is connected: pressing Tab must never hang or complain.
/// </summary>
/// <typeparam name="T">What the ids are of.</typeparam>
public abstract class IdCompleter<T> : IArgumentCompleter
    where T : ApiResource
{
    private static readonly TimeSpan TimeBox = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<string, (DateTime Until, IReadOnlyList<T> Things)> Cache = new(StringComparer.Ordinal);

    /// <summary>How the things are found.</summary>
    private protected abstract ResourceSurface<T> Surface { get; }

    /// <summary>What is shown beside the id.</summary>
    private protected abstract string Describe(T thing);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        return Find(fakeBoundParameters)
            .Where(thing => Matches(thing, word))
            .OrderBy(thing => thing.GetDisplayName(), StringComparer.CurrentCultureIgnoreCase)
            .Select(thing => new CompletionResult(thing.GetIdentity(), NameOf(thing), CompletionResultType.ParameterValue, Describe(thing)));
    }

    private static string NameOf(T thing) => thing.GetDisplayName() is { Length: > 0 } name ? name : thing.GetIdentity();

    private bool Matches(T thing, string word) =>
        thing.GetIdentity().StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || Describe(thing).IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    private IReadOnlyList<T> Find(IDictionary bound)
    {
        try
        {
            var named = bound["Connection"] switch
            {
                AclConnection connection => connection.Connection,
                string name => ConnectionStore.Shared.Find(name),
                _ => null,
            };
            var account = bound["AccountId"] as string;
            var active = Connections.Find(Surface.Service, named);
            var key = $"{active.Name}\n{active.BaseUri}\n{account ?? active.AccountId}";
            if (!Cache.TryGetValue(key, out var kept) || kept.Until < DateTime.UtcNow)
            {
                // What could not be read is not kept: the next Tab tries again.
                if (Read(Surface.OpenClient(active, account)) is not { } things)
                {
                    return [];
                }

                kept = Cache[key] = (DateTime.UtcNow + KeptFor, things);
            }

            return kept.Things;
        }
        catch (AclException)
        {
            return [];
        }
    }

    /// <summary>Reads in the background, so that a slow service costs the time box and no more.</summary>
    private static T[]? Read(IResourceClient<T> client)
    {
        using var timer = new CancellationTokenSource(TimeBox);
        var token = timer.Token;
        var reading = Task.Run(() => Snapshot.ReadAsync(client, SilentObserver.Instance, token), token);
        try
        {
            return reading.Wait(TimeBox) ? reading.Result.Values.ToArray() : null;
        }
        catch (AggregateException)
        {
            return null;
        }
    }
}

/// <summary>Offers the ids of impersonation registry entries.</summary>
public sealed class RegistryIdCompleter : IdCompleter<ImpersonationRegistryEntry>
{
    private protected override ResourceSurface<ImpersonationRegistryEntry> Surface => RegistrySurface.Instance;

    private protected override string Describe(ImpersonationRegistryEntry thing) => $"{thing.Name} <{thing.Email}>";
}

/// <summary>Offers the sids of access control rules.</summary>
public sealed class RuleSidCompleter : IdCompleter<AccessControlRule>
{
    private protected override ResourceSurface<AccessControlRule> Surface => RuleSurface.Instance;

    private protected override string Describe(AccessControlRule thing) =>
        $"{thing.Name}: {thing.Field} {thing.Operation} {thing.Quantifier} of {thing.Entries}";
}
