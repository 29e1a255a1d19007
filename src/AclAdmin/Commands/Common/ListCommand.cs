using System;
using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that reads items, by id or as a list.</summary>
/// <typeparam name="T">What it reads.</typeparam>
public abstract class ListCommand<T> : ConnectedCommand
    where T : ApiResource
{
    private protected const string ByIdSet = "Id";
    private protected const string ListSet = "List";
    private protected const string MatchSet = "Match";

    // One for each account: what was read of a list is known by its client.
    private readonly Dictionary<string, IResourceClient<T>> _clients = new(StringComparer.OrdinalIgnoreCase);
    private RowReader? _reader;
    private StateCache<T>? _states;
    private ItemComparer? _matchBy;
    private CommandLine? _commandLine;
    private bool _hasAccount;

    /// <summary>What identifies an item: its id, or a field that is compared as a whole and without regard to case. The list is read once.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatchSet)]
    [ArgumentCompleter(typeof(MatchKeyCompleter))]
    public string[]? MatchBy { get; set; }

    /// <summary>A row that has a column with the value to find, or the value itself.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = MatchSet, DontShow = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How the cmdlet finds what it reads.</summary>
    private protected static ResourceDefinition<T> Definition => ResourceDefinitions.Of<T>();

    /// <summary>The account in the account's parameter; null where there is none.</summary>
    private protected virtual string? Account => null;

    private protected override ServiceProfile Service => Definition.Service;

    /// <summary>Refuses a filter that the field table refuses: the services answer some of those with an empty list.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            var commandLine = _commandLine = new CommandLine(this, []) { ConnectionAccount = Connection is null ? null : ActiveConnection.AccountId };
            _hasAccount = MyInvocation.BoundParameters.ContainsKey("AccountId");
            _matchBy = MatchKey.Find(Definition.Resource, MatchBy);
            _reader = new RowReader(Definition.Resource, [], commandLine, new RowReaderOptions
            {
                IdentityNames = Definition.IdentityNames,
                AccountNames = Definition.AccountNames,
                MatchBy = _matchBy,
                ColumnsOf = field => FieldParameter.ColumnsOf(typeof(T), field),
                ResultTypeName = typeof(T).FullName!,
                AccountOf = Definition.GetAccountId,
            }, _ => { });
            var items = new PresentItems<T>();
            _states = new StateCache<T>(client => Await(items.ReadAllAsync(client, Reporter, Cancellation)));
        }
        catch (AclException unknown)
        {
            ThrowTerminatingError(ErrorRecords.From(unknown, null));
        }
    }

    /// <summary>The ids in the id's parameter; with -MatchBy, the values to find.</summary>
    private protected abstract IReadOnlyList<string> Ids { get; }

    /// <summary>Reads what is named, or the list.</summary>
    protected sealed override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ByIdSet:
                WriteById(Ids);
                break;
            case MatchSet when Ids.Count > 0 || !MyInvocation.ExpectingInput:
                foreach (var value in Ids.Count > 0 ? Ids : [""])
                {
                    WriteMatch(value, () => Named(value));
                }

                break;
            case MatchSet:
                WriteMatch(InputObject, () => InputObject?.BaseObject is string value ? Named(value) : _reader!.Read(InputObject));
                break;
            default:
                WriteList();
                break;
        }
    }

    /// <summary>Reads the list, by the cmdlet's own filters.</summary>
    private protected abstract void WriteList();

    private RowContent Named(string value)
    {
        var content = new RowContent { AccountId = Account };
        if (_matchBy is null)
        {
            content.Id = value;
        }
        else
        {
            content.Patch.Set(_matchBy.Fields[0], value);
        }

        return content;
    }

    /// <summary>Finds one item; what does not find exactly one is that row's error.</summary>
    private void WriteMatch(object? target, Func<RowContent> read)
    {
        T? found;
        try
        {
            var content = read();
            var account = content.AccountId ?? Account ?? "";
            if (!_clients.TryGetValue(account, out var client))
            {
                client = _clients[account] = Definition.OpenClient(ActiveConnection, account.Length == 0 ? null : account);
            }

            var planner = new ChangePlanner<T>(Definition, new PlannerOptions<T>(ChangeAction.Update, [], _states, IfExists.Create) { MatchBy = _matchBy });
            if (_matchBy is not null)
            {
                planner.RemoveForeignId(content, client);
            }

            planner.Identify(content, client, null);
            found = _matchBy is not null
                ? _states!.FindState(client, content.Id)
                : Await(client.GetAsync(content.Id, Reporter, Cancellation));
        }
        catch (AclException failure)
        {
            WriteFailure(failure, target);
            return;
        }

        WriteObject(found);
    }

    /// <summary>Reads the items with these ids; each that does not exist is an error of its own.</summary>
    private void WriteById(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if (TryAwait(() => OpenClient().GetAsync(id, Reporter, Cancellation), id, out var thing))
            {
                WriteObject(thing);
            }
        }
    }

    /// <summary>Writes a list as its pages come, with <c>-First</c>, <c>-Skip</c> and <c>-IncludeTotalCount</c>.</summary>
    /// <param name="query">The query.</param>
    /// <param name="isWanted">What is kept of its answer; null for everything.</param>
    private protected void WriteList(ListQuery query, Func<T, bool>? isWanted = null)
    {
        var first = PagingParameters.First;
        var skip = PagingParameters.Skip;

        // The service skips whole pages itself, unless some of the items in them would not have counted.
        var size = ListQuery.MaxPageSize;
        var firstPage = 1;
        if (isWanted is null)
        {
            size = PageSizeFor(first, skip);
            firstPage = (int)(skip / (ulong)size) + 1;
            skip %= (ulong)size;
        }

        var wanted = isWanted is null && first < long.MaxValue ? (long?)((long)(firstPage - 1) * size + (long)(skip + first)) : null;
        PageReader<T>? reader = null;
        var totalIsDue = PagingParameters.IncludeTotalCount.IsPresent;
        while (first > 0 || totalIsDue)
        {
            if (!TryAwait(() => (reader ??= new PageReader<T>(OpenClient(), query, size, firstPage) { Wanted = wanted }).NextAsync(Reporter, Cancellation), null, out var page))
            {
                return;
            }

            if (totalIsDue)
            {
                totalIsDue = false;
                WriteTotal(reader!.Total, query.IsFiltered || isWanted is not null);
            }

            if (page is null)
            {
                return;
            }

            foreach (var item in page.Items)
            {
                if (isWanted is not null && !isWanted(item))
                {
                    continue;
                }

                if (skip > 0)
                {
                    skip--;
                }
                else if (first > 0)
                {
                    first--;
                    WriteObject(item);
                }
            }
        }

        // Where enough was read, the service may have more.
        Reporter.EndReading();
    }

    private IResourceClient<T> OpenClient()
    {
        // Bound from a piped item, the account may be another one than the connection's.
        _commandLine!.CheckAccount(_hasAccount ? null : Account, "");
        return Definition.OpenClient(ActiveConnection, Account);
    }

    /// <summary>A few items are requested as such; the whole list in the largest pages that the service offers.</summary>
    private static int PageSizeFor(ulong first, ulong skip) =>
        skip == 0 && first is > 0 and < ListQuery.MaxPageSize ? (int)first : ListQuery.MaxPageSize;

    private void WriteTotal(long? total, bool isFiltered)
    {
        // The services count what they have, not what a filter leaves.
        var accuracy = total is null ? 0.0 : isFiltered ? 0.5 : 1.0;
        WriteObject(PagingParameters.NewTotalCount((ulong)(total ?? 0), accuracy));
    }
}
