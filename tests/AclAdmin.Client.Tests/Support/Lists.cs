using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Tests;

/// <summary>Reads lists to their end.</summary>
internal static class Lists
{
    /// <summary>The ids of every page, page by page. A reader that never ends is cut off after 50 pages.</summary>
    public static async Task<IReadOnlyList<string[]>> ReadAsync<T>(IResourceClient<T> client, ListQuery query, int pageSize, int firstPage = 1)
        where T : ApiResource
    {
        var reader = new PageReader<T>(client, query, pageSize, firstPage);
        var pages = new List<string[]>();
        while (pages.Count < 50 && await reader.NextAsync(SilentObserver.Instance, Stage.Cancel) is { } page)
        {
            pages.Add(page.Items.Select(item => item.GetIdentity()).ToArray());
        }

        return pages;
    }
}
