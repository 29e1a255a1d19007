using System;
using System.Globalization;
using System.Linq;

namespace AclAdmin.Client.Changes.Report;

/// <summary>Draws the changes over time: a bar for each unit of time, in it a part for each state, and the same figures as a table.</summary>
/// <param name="html">The page.</param>
internal sealed class ReportChart(HtmlOutput html)
{
    private const double Height = 120;
    private const double Step = 12;
    private const double Gap = 2;

    /// <summary>Writes the chart.</summary>
    public void Write(ReportBuckets buckets)
    {
        if (buckets.Bars.Count == 0)
        {
            return;
        }

        var highest = buckets.Bars.Max(bar => bar.Total);
        html.Markup("<section class=\"chart\"><h2>Changes over time</h2><figure>");
        Draw(buckets, highest);
        html.Markup("<figcaption>")
            .Text($"{buckets.Label(buckets.Bars[0])} to {buckets.Label(buckets.Bars[buckets.Bars.Count - 1])} UTC. ")
            .Text($"Each bar is one {buckets.UnitName}; the highest has {ReportTime.Count(highest, "change")}.")
            .Markup("</figcaption></figure>\n");
        WriteTable(buckets);
        html.Markup("</section>\n");
    }

    private void Draw(ReportBuckets buckets, int highest)
    {
        // Few bars do not fill the page.
        var width = Math.Max(buckets.Bars.Count, 24) * Step;
        html.Markup(Invariant($"<svg viewBox=\"0 0 {width} {Height}\" preserveAspectRatio=\"none\" role=\"img\" aria-labelledby=\"chart-title\">"))
            .Markup($"<title id=\"chart-title\">Changes per {buckets.UnitName}; the table below has the figures</title>");
        for (var index = 0; index < buckets.Bars.Count; index++)
        {
            var bar = buckets.Bars[index];
            var bottom = Height;
            if (bar.Total == 0)
            {
                continue;
            }

            html.Markup("<g><title>").Text($"{buckets.Label(bar)}: {Describe(bar)}").Markup("</title>");
            foreach (var state in ReportStates.All.Where(bar.ByState.ContainsKey))
            {
                // Even the smallest part stays visible beside a large one.
                var part = Math.Max(1.5, (Height - 8) * bar.ByState[state] / highest);
                bottom -= part;
                html.Markup(Invariant($"<rect class=\"{ReportStates.Kind(state)}\" x=\"{index * Step}\" y=\"{bottom:0.##}\" width=\"{Step - Gap}\" height=\"{part:0.##}\"/>"));
            }

            html.Markup("</g>");
        }

        html.Markup("</svg>");
    }

    private void WriteTable(ReportBuckets buckets)
    {
        var states = ReportStates.All.Where(state => buckets.Bars.Any(bar => bar.ByState.ContainsKey(state))).ToArray();
        html.Markup("<details><summary>The figures</summary><table><thead><tr><th scope=\"col\">Time (UTC)</th>");
        foreach (var state in states)
        {
            html.Markup("<th scope=\"col\">").Text(ReportStates.Label(state)).Markup("</th>");
        }

        html.Markup("</tr></thead><tbody>\n");
        foreach (var bar in buckets.Bars.Where(bar => bar.Total > 0))
        {
            html.Markup("<tr><th scope=\"row\">").Text(buckets.Label(bar)).Markup("</th>");
            foreach (var state in states)
            {
                html.Element("td", bar.ByState.TryGetValue(state, out var count) ? ReportTime.Count(count) : "0");
            }

            html.Markup("</tr>\n");
        }

        html.Markup("</tbody></table></details>\n");
    }

    private static string Describe(Bucket bar) => string.Join(", ", ReportStates.All
        .Where(bar.ByState.ContainsKey)
        .Select(state => $"{ReportTime.Count(bar.ByState[state])} {ReportStates.Label(state).ToLowerInvariant()}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
