using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AclAdmin.Client.Changes.Report;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Report;

/// <summary>What a report marks, how it counts over time, and the file that it becomes.</summary>
public sealed class ReportPartsTests
{
    [Theory]
    [InlineData("\"Finance, June\"", "\"Finance, July\"", "Finance, Ju<del>ne</del>", "Finance, Ju<ins>ly</ins>")]
    [InlineData("\"ann@example.com\"", "\"ann@mail.example.com\"", "ann@example.com", "ann@<ins>mail.</ins>example.com")]
    [InlineData("\"aa\"", "\"aaa\"", "aa", "aa<ins>a</ins>")]
    [InlineData("[\"1\",\"2\"]", "[\"1\",\"3\",\"2\"]", "[&quot;1&quot;,&quot;2&quot;]", "[&quot;1&quot;,&quot;<ins>3&quot;,&quot;</ins>2&quot;]")]
    [InlineData("false", "true", "<del>false</del>", "<ins>true</ins>")]
    [InlineData("125", "1250", "<del>125</del>", "<ins>1250</ins>")]
    [InlineData("null", "\"x\"", "<i>none</i>", "<ins>x</ins>")]
    [InlineData("\"\"", "null", "<i>empty text</i>", "<i>none</i>")]
    [InlineData("\"null\"", "\"2026-01-01T00:00:00Z\"", "<del>null</del>", "<ins>2026-01-01T00:00:00Z</ins>")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\\ud83d\\ude01\"", "<del>\ud83d\ude00</del>", "<ins>\ud83d\ude01</ins>")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\\ud83c\\ude00\"", "<del>\ud83d\ude00</del>", "<ins>\ud83c\ude00</ins>")]
    public void The_part_that_differs_is_marked(string before, string after, string shownBefore, string shownAfter)
    {
        using var stage = new WrittenJournal();
        var page = stage.Change(Json(before), Json(after)).Page();

        Assert.Contains($"<td class=\"before\">{shownBefore}</td><td class=\"after\">{shownAfter}</td>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create", "<i>none</i>", "two")]
    [InlineData("delete", "one", "<i>none</i>")]
    public void Nothing_is_marked_where_there_is_nothing_to_compare(string verb, string shownBefore, string shownAfter)
    {
        using var stage = new WrittenJournal();

        Assert.Contains($"<td class=\"before\">{shownBefore}</td><td class=\"after\">{shownAfter}</td>", stage.Change("one", "two", verb: verb).Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_value_the_part_that_differs_is_shown_with_what_is_beside_it()
    {
        using var stage = new WrittenJournal();
        var page = stage.Change(new string('a', 5000), new string('a', 5000) + "<b>").Page();

        Assert.Contains($"{new string('a', 240)}<i> 4,520 characters alike </i>{new string('a', 240)}<ins>&lt;b&gt;</ins>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('a', 500), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "minute", 1)]
    [InlineData(70 * 60, "minute", 71)]
    [InlineData(3 * 3600, "hour", 4)]
    [InlineData(5 * 86400, "day", 6)]
    [InlineData(400 * 86400L, "month", 14)]
    [InlineData(3000 * 86400L, "year", 9)]
    [InlineData(2900000 * 86400L, "year", 2)]
    public void Changes_are_counted_by_the_unit_that_gives_few_bars(long seconds, string unit, int bars)
    {
        using var stage = new WrittenJournal();
        var first = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var buckets = ReportBuckets.Of(stage.Change("a", "b", time: first).Change("a", "b", state: "failed", time: first.AddSeconds(seconds)).Read());

        Assert.Equal((unit, bars), (buckets.UnitName, buckets.Bars.Count));
        Assert.Equal(2, buckets.Bars.Sum(bar => bar.Total));
    }

    [Fact]
    public void The_chart_has_a_bar_for_each_time_and_its_figures_as_a_table()
    {
        using var stage = new WrittenJournal();
        var first = new DateTime(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc);
        var page = stage.Change("a", "b", time: first).Change("a", "b", state: "failed", time: first).Change("a", "b", time: first.AddHours(3)).Page();

        Assert.Equal(["applied", "failed", "applied"], Regex.Matches(page, "<rect class=\"([a-z]+)\"").Select(bar => bar.Groups[1].Value));
        Assert.Contains("<th scope=\"row\">2026-01-01 10:00</th><td>1</td><td>1</td>", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">2026-01-01 13:00</th><td>1</td><td>0</td>", page, StringComparison.Ordinal);
        Assert.Contains("2026-01-01 10:00 to 2026-01-01 13:00 UTC. Each bar is one hour; the highest has 2 changes.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_where_that_is_asked_for()
    {
        using var stage = new WrittenJournal();
        var path = Path.Combine(stage.Folder.FullName, "report.html");
        File.WriteAllText(path, "mine");

        var refusal = Assert.Throws<AclException>(() => ReportFile.Write(stage.Report(), path, overwrites: false));
        var foreign = Assert.Throws<AclException>(() => ReportFile.Write(stage.Report(), path, overwrites: true));
        Assert.Equal((ErrorKind.FileFailed, ErrorKind.FileFailed, "mine"), (refusal.Kind, foreign.Kind, File.ReadAllText(path)));

        File.WriteAllText(path, "<!DOCTYPE html>\n<p>An older report</p>");

        ReportFile.Write(stage.Report(), path, overwrites: true);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(["changes.jsonl", "report.html"], Names(stage));
    }

    [Fact]
    public void The_file_is_readable_by_its_owner_alone_also_where_it_replaces_another()
    {
        using var stage = new WrittenJournal();
        foreach (var name in new[] { "new.html", "old.html" })
        {
            var path = Path.Combine(stage.Folder.FullName, name);
            if (name == "old.html")
            {
                File.WriteAllText(path, "");
            }

            ReportFile.Write(stage.Report(), path, overwrites: true);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }
    }

    [Theory]
    [InlineData("missing/report.html")]
    [InlineData(".")]
    public void What_cannot_be_written_is_reported_and_leaves_nothing_behind(string name)
    {
        using var stage = new WrittenJournal();

        var failure = Assert.Throws<AclException>(() => ReportFile.Write(stage.Report(), Path.Combine(stage.Folder.FullName, name), overwrites: true));

        Assert.Equal(ErrorKind.FileFailed, failure.Kind);
        Assert.Equal(["changes.jsonl"], Names(stage));
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), $"{stage.Folder.Name}*.tmp"));
    }

    private static JToken Json(string text) => JToken.ReadFrom(new Newtonsoft.Json.JsonTextReader(new StringReader(text)) { DateParseHandling = Newtonsoft.Json.DateParseHandling.None });

    private static IEnumerable<string> Names(WrittenJournal stage) => stage.Folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal);
}
