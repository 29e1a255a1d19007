using System;
using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that reads things, by id or as a list.</summary>
/// <typeparam name="T">What it reads.</typeparam>
public abstract class ListCommand<T> : ConnectedCommand
    where T : ApiResource
{
    private protected const string ByIdSet = "Id";
    private protected const string ListSet = "List";

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
            _ = new CommandLine(this, []);
        }
        catch (AclException unknown)
        {
            ThrowTerminatingError(ErrorRecords.From(unknown, null));
        }
    }

    /// <summary>Reads the things with these ids; one that is not there is an error of its own.</summary>
    private protected void WriteById(IEnumerable<string> ids)
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
    /// <param name="query">What is asked of the service.</param>
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

        PageReader<T>? reader = null;
        var totalIsDue = PagingParameters.IncludeTotalCount.IsPresent;
        while (first > 0 || totalIsDue)
        {
            if (!TryAwait(() => (reader ??= new PageReader<T>(OpenClient(), query, size, firstPage)).NextAsync(Reporter, Cancellation), null, out var page))
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
    }

    private IResourceClient<T> OpenClient() => Definition.OpenClient(ActiveConnection, Account);

    /// <summary>A few items are asked for as a few; everything in pages as large as the service makes them.</summary>
    private static int PageSizeFor(ulong first, ulong skip) =>
        skip == 0 && first is > 0 and < ListQuery.MaxPageSize ? (int)first : ListQuery.MaxPageSize;

    private void WriteTotal(long? total, bool isFiltered)
    {
        // The services count what they have, not what a filter leaves.
        var accuracy = total is null ? 0.0 : isFiltered ? 0.5 : 1.0;
        WriteObject(PagingParameters.NewTotalCount((ulong)(total ?? 0), accuracy));
    }
}
