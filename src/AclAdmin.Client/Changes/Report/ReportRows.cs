using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Report;

/// <summary>
/// Writes the runs of a report with their changes: a table body for each change, a row for each of its fields. The tables are short, so that a browser
/// lays out only those on the screen.
/// </summary>
/// <param name="html">The page.</param>
/// <param name="runs">The runs.</param>
internal sealed class ReportRows(HtmlOutput html, IReadOnlyList<ReportRun> runs)
{
    /// <summary>The changes of one table.</summary>
    private const int ChangesInTable = 50;

    private readonly Dictionary<(string, long), ReportRun> _byReference = runs
        .SelectMany(run => run.Changes, (run, change) => (Key: (run.Run.Id, change.Number), Run: run))
        .ToDictionary(known => known.Key, known => known.Run);

    /// <summary>Writes every run.</summary>
    public void Write()
    {
        foreach (var run in runs)
        {
            html.Markup($"<section class=\"run\" id=\"run-{run.Number}\" data-run=\"{run.Number}\"><header><h2>").Time(run.StartedAt).Markup(" UTC, ").Text(run.Command).Markup("</h2>\n");
            WriteFacts(run);
            html.Markup("</header>\n");
            for (var start = 0; start < run.Changes.Count; start += ChangesInTable)
            {
                WriteTable(run, start);
            }

            html.Markup("</section>\n");
        }
    }

    private void WriteFacts(ReportRun run)
    {
        html.Markup("<dl>");
        Fact("Who", run.Who);
        Fact("Command", run.Run.CommandLine);
        Fact("Script", run.Run.Script);
        Fact("Service", string.Join(", ", new[] { run.Run.Service, run.Run.Address }.Where(part => part.Length > 0)));
        Fact("Connection", run.Run.Connection);
        Fact("Account", string.Join(", ", run.Accounts));
        Fact("Changes", string.Join(", ", ReportStates.All
            .Select(state => (State: state, Count: run.Changes.Count(change => change.State == state)))
            .Where(group => group.Count > 0)
            .Select(group => $"{ReportTime.Count(group.Count)} {ReportStates.Label(group.State).ToLowerInvariant()}")));
        Fact("Ended", run.Run.EndedBy ?? "not recorded: the process ended early, or is still at work");
        Fact("Run", run.Run.Id);
        html.Markup("</dl>");
    }

    private void Fact(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            html.Markup("<div>").Element("dt", name).Element("dd", value).Markup("</div>");
        }
    }

    private void WriteTable(ReportRun run, int start)
    {
        var end = Math.Min(start + ChangesInTable, run.Changes.Count);
        html.Markup("<div class=\"block\"><table class=\"changes\"><caption>")
            .Text($"Changes {ReportTime.Count(start + 1)} to {ReportTime.Count(end)} of {ReportTime.Count(run.Changes.Count)}")
            .Markup("</caption><thead><tr><th scope=\"col\" class=\"item\">Item</th><th scope=\"col\" class=\"field\">Field</th><th scope=\"col\">Before</th>")
            .Markup("<th scope=\"col\">After</th><th scope=\"col\" class=\"outcome\">Outcome</th></tr></thead>\n");
        for (var index = start; index < end; index++)
        {
            WriteChange(run, run.Changes[index]);
        }

        html.Markup("</table></div>\n");
    }

    private void WriteChange(ReportRun run, AclChange change)
    {
        var notes = Notes(change).ToArray();
        var fields = change.Differences;
        var rows = Math.Max(fields.Count, 1) + (notes.Length > 0 ? 1 : 0);
        html.Markup($"<tbody id=\"c{run.Number}-{change.Number}\" data-state=\"{ReportStates.Kind(change.State)}\" data-list=\"").Text(change.Resource)
            .Markup($"\"><tr><th scope=\"rowgroup\" class=\"item\" rowspan=\"{rows}\">");
        WriteItem(run, change);
        html.Markup("</th>");
        WriteField(fields.Count > 0 ? fields[0] : null, change.Action);
        html.Markup($"<td class=\"outcome\" rowspan=\"{rows}\"><span class=\"state {ReportStates.Kind(change.State)}\">").Text(ReportStates.Label(change.State)).Markup("</span>");
        html.Markup("<small>").Time(change.EndedAt ?? change.Time, ReportTime.OfDay).Markup("</small>");
        if (change.RequestId is not null)
        {
            html.Element("small", $"request {change.RequestId}");
        }

        html.Markup("</td></tr>");
        foreach (var field in fields.Skip(1))
        {
            html.Markup("<tr>");
            WriteField(field, change.Action);
            html.Markup("</tr>");
        }

        if (notes.Length > 0)
        {
            html.Markup("<tr class=\"notes\"><td colspan=\"3\">");
            foreach (var note in notes)
            {
                note();
            }

            html.Markup("</td></tr>");
        }

        html.Markup("</tbody>\n");
    }

    private void WriteItem(ReportRun run, AclChange change)
    {
        html.Element("span", change.Action.ToString(), $"action {change.Action.ToString().ToLowerInvariant()}");
        if (!string.IsNullOrEmpty(change.Name))
        {
            html.Element("b", change.Name);
        }

        if (change.Id.Length > 0)
        {
            html.Element("code", change.Id);
        }

        html.Element("small", change.Resource.Replace('_', ' ') + (change.Rows.Count > 0 ? $", row {string.Join(", ", change.Rows)}" : ""));
        if (run.Accounts.Count > 1 && change.AccountId is not null)
        {
            html.Element("small", $"account {change.AccountId}");
        }
    }

    private void WriteField(FieldDifference? field, ChangeAction action)
    {
        if (field is null)
        {
            html.Markup("<td class=\"nothing\" colspan=\"3\">No field differs.</td>");
            return;
        }

        var values = ValueComparison.Of(field);
        var marks = action is ChangeAction.Update or ChangeAction.Replace;
        var value = new ReportValue(html);
        html.Markup("<th scope=\"row\" class=\"field\">").Text(field.Name).Markup("</th><td class=\"before\">");
        value.Write(values.Before, marks ? "del" : null);
        html.Markup("</td><td class=\"after\">");
        value.Write(values.After, marks ? "ins" : null);
        html.Markup("</td>");
    }

    private IEnumerable<Action> Notes(AclChange change)
    {
        if (change.State is AclChangeState.Failed or AclChangeState.NotSent or AclChangeState.NotApplied)
        {
            yield return () => html.Markup("<p>Not carried out: \u201cAfter\u201d is what was wanted.</p>");
        }

        if (change.State == AclChangeState.Unknown)
        {
            yield return () => html.Markup("<p>It is not known whether this was carried out.</p>");
        }

        if (change.Error is not null)
        {
            yield return () => html.Markup("<p class=\"error\">").Text(change.ErrorId).Markup(": ").Text(change.Error).Markup("</p>");
        }

        if (change.IsFinding)
        {
            yield return () => html.Markup("<p>The outcome was found out afterwards, by asking the service.</p>");
        }

        if (change.IsMasked)
        {
            yield return () => html.Markup("<p>A secret is masked in it.</p>");
        }

        if (change.Undoes.Count > 0)
        {
            yield return () => References("Undoes", change.Undoes);
        }

        if (change.UndoneBy is not null)
        {
            yield return () => References("Undone by", [change.UndoneBy]);
        }
    }

    private void References(string what, IReadOnlyList<ChangeReference> references)
    {
        html.Markup("<p>").Text(what);
        foreach (var reference in references)
        {
            var text = $"change {reference.Number} of {reference.RunId}";
            html.Markup(" ");
            if (_byReference.TryGetValue((reference.RunId, reference.Number), out var run))
            {
                html.Markup($"<a href=\"#c{run.Number}-{reference.Number}\">").Text(text).Markup("</a>");
            }
            else
            {
                html.Text(text);
            }
        }

        html.Markup("</p>");
    }
}
