using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AclAdmin.Client.Changes.Journal;

namespace AclAdmin.Client.Changes.Report;

/// <summary>
/// A report of changes: one self-contained page of HTML, for a browser, for print or for the archive. It requests nothing over the network, and
/// its policy prevents requests. Without its script everything is shown, and only the filters are missing.
/// </summary>
public sealed class ChangeReport
{
    private readonly ChangeReportOptions _options;
    private readonly IReadOnlyList<ReportRun> _runs;
    private readonly AclChange[] _changes;

    /// <summary>Prepares a report.</summary>
    /// <param name="changes">The changes, in the order in which they are shown; those of each run are put together.</param>
    /// <param name="options">Its other contents.</param>
    public ChangeReport(IEnumerable<AclChange> changes, ChangeReportOptions options)
    {
        _options = options;
        _runs = ReportRun.Of(changes);
        _changes = _runs.SelectMany(run => run.Changes).ToArray();
    }

    /// <summary>How many changes it shows.</summary>
    public int Count => _changes.Length;

    /// <summary>Writes the page.</summary>
    /// <param name="writer">The destination; the page declares UTF-8.</param>
    public void Write(TextWriter writer)
    {
        var html = new HtmlOutput(writer);
        WriteHead(html);
        html.Markup("<body>\n<header class=\"page\">").Element("h1", _options.Title);
        WriteOverview(html);
        html.Markup("</header>\n<main>\n");
        WriteCounts(html);
        new ReportChart(html).Write(ReportBuckets.Of(_changes));
        WriteFilters(html);
        html.Markup("<div id=\"runs\">\n");
        new ReportRows(html, _runs).Write();
        html.Markup("</div>\n<p id=\"nothing\"").Markup(_changes.Length == 0 ? "" : " hidden").Markup(">There are no such changes.</p>\n</main>\n<footer>")
            .Text($"Made by {_options.CreatedBy} at ").Time(_options.CreatedAt).Text(" UTC. All times are UTC.")
            .Markup("</footer>\n<script>").Markup(ReportAsset.Script.Text).Markup("</script>\n</body>\n</html>\n");
    }

    private void WriteHead(HtmlOutput html) => html
        .Markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .Markup($"style-src {ReportAsset.Style.PolicySource}; script-src {ReportAsset.Script.PolicySource}; base-uri 'none'; form-action 'none'\">\n")
        .Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
        .Markup("<meta name=\"referrer\" content=\"no-referrer\">\n")
        .Element("title", _options.Title)
        .Markup("\n<style>").Markup(ReportAsset.Style.Text).Markup("</style>\n</head>\n");

    private void WriteOverview(HtmlOutput html)
    {
        html.Markup("<p>");
        if (_changes.Length == 0)
        {
            html.Text("No changes");
        }
        else
        {
            html.Text($"{ReportTime.Count(_changes.Length, "change")} in {ReportTime.Count(_runs.Count, "run")}, ").Time(_changes.Min(change => change.Time))
                .Text(" to ").Time(_changes.Max(change => change.EndedAt ?? change.Time)).Text(" UTC");
        }

        html.Markup("</p>");
        var people = _runs.Select(run => run.Who).Where(who => who.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        if (people.Length > 0)
        {
            html.Markup("<p>By ").Text(string.Join(", ", people)).Markup("</p>");
        }

        foreach (var journal in _changes.Select(change => change.JournalPath).Distinct(StringComparer.Ordinal))
        {
            html.Markup("<p>From the journal ").Element("code", journal).Markup("</p>");
        }
    }

    private void WriteCounts(HtmlOutput html)
    {
        html.Markup("<section class=\"counts\"><h2>Outcomes</h2><ul>");
        foreach (var state in ReportStates.All)
        {
            var count = _changes.Count(change => change.State == state);
            html.Markup($"<li class=\"{ReportStates.Kind(state)}{(count == 0 ? " zero" : "")}\">").Element("b", ReportTime.Count(count)).Markup(" ")
                .Element("span", ReportStates.Label(state)).Markup("</li>");
        }

        html.Markup("</ul></section>\n<section class=\"lists\"><h2>Lists</h2><table><thead><tr><th scope=\"col\">List</th>");
        var actions = _changes.Select(change => change.Action).Distinct().OrderBy(action => action).ToArray();
        foreach (var action in actions)
        {
            html.Markup("<th scope=\"col\">").Text(action.ToString()).Markup("</th>");
        }

        html.Markup("<th scope=\"col\">All</th></tr></thead><tbody>\n");
        foreach (var list in _changes.GroupBy(change => change.Resource, StringComparer.Ordinal))
        {
            html.Markup("<tr><th scope=\"row\">").Text(list.Key.Replace('_', ' ')).Markup("</th>");
            foreach (var action in actions)
            {
                html.Element("td", ReportTime.Count(list.Count(change => change.Action == action)));
            }

            html.Element("td", ReportTime.Count(list.Count())).Markup("</tr>\n");
        }

        html.Markup("</tbody></table></section>\n");
    }

    /// <summary>Hidden until the script, which they need, shows them.</summary>
    private void WriteFilters(HtmlOutput html)
    {
        html.Markup("<form id=\"filters\" hidden><label>Search <input type=\"search\" id=\"text\" placeholder=\"name, id, value, error\"></label>");
        Choice(html, "state", "Outcome", ReportStates.All
            .Where(state => _changes.Any(change => change.State == state))
            .Select(state => (ReportStates.Kind(state), ReportStates.Label(state))));
        Choice(html, "list", "List", _changes.Select(change => change.Resource).Distinct(StringComparer.Ordinal).Select(list => (list, list.Replace('_', ' '))));
        Choice(html, "run", "Run", _runs.Select(run => ($"{run.Number}", $"{ReportTime.Format(run.StartedAt, ReportTime.Second)} {run.Command}")));
        html.Markup("<button type=\"reset\">Show all</button><output id=\"shown\" aria-live=\"polite\">")
            .Text(ReportTime.Count(_changes.Length, "change")).Markup("</output></form>\n");
    }

    private static void Choice(HtmlOutput html, string id, string label, IEnumerable<(string Value, string Label)> choices)
    {
        html.Markup($"<label>{label} <select id=\"{id}\"><option value=\"\">All</option>");
        foreach (var choice in choices)
        {
            html.Markup("<option value=\"").Text(choice.Value).Markup("\">").Text(choice.Label).Markup("</option>");
        }

        html.Markup("</select></label>");
    }
}
