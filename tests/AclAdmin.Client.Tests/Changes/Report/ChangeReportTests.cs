using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Report;

/// <summary>The page of a report: whatever a service or a file holds, it is shown and never obeyed.</summary>
public sealed class ChangeReportTests
{
    private const string Hostile = "</script></style><img src=x onerror=alert(1)>\" ' & \u202Ecod\u200B\n]]><!--";
    private const string Shown = "&lt;/script&gt;&lt;/style&gt;&lt;img src=x onerror=alert(1)&gt;&quot; &#39; &amp; [U+202E]cod[U+200B]\\n]]&gt;&lt;!--";

    private static readonly string[] HeadMembers = ["command", "line", "script", "user", "host", "connection", "service", "address"];

    [Fact]
    public void A_text_from_outside_is_shown_as_it_is_wherever_it_stands()
    {
        using var stage = new WrittenJournal();
        stage.Head("run-1", [.. HeadMembers.Select(name => (name, (Newtonsoft.Json.Linq.JToken?)$"{name}{Hostile}"))])
            .Change("before" + Hostile, "after" + Hostile, "run-1", "failed", members: [
                ("name", "name" + Hostile), ("id", "id" + Hostile), ("account", "account" + Hostile), ("resource", "resource" + Hostile), ("error", "error" + Hostile)]);

        var page = stage.Page("title" + Hostile);

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', page);
        Assert.DoesNotContain('\u200B', page);
        foreach (var where in HeadMembers.Concat(["title", "name", "id", "account", "resource", "error"]))
        {
            Assert.Contains(where + Shown, page, StringComparison.Ordinal);
        }

        Assert.Contains("<del>before</del>" + Shown, page, StringComparison.Ordinal);
        Assert.Contains("<ins>after</ins>" + Shown, page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "</?script>"));
        Assert.Equal(2, Regex.Count(page, "</?style>"));
    }

    [Fact]
    public void A_hostile_name_of_a_field_is_shown_as_it_is()
    {
        using var stage = new WrittenJournal();
        stage.Change(null, null, verb: "create", members: ("body", new Newtonsoft.Json.Linq.JObject { [Hostile] = "x" }));

        Assert.Contains($"class=\"field\">{Shown}</th>", stage.Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_holds_all_that_it_needs_and_its_policy_allows_nothing_else()
    {
        using var stage = new WrittenJournal();
        var page = stage.Change("one", "two").Page();

        var policy = Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value;
        Assert.Equal($"default-src 'none'; style-src '{Hash("style")}'; script-src '{Hash("script")}'; base-uri 'none'; form-action 'none'", policy);
        Assert.Empty(Regex.Matches(page, "(?i)\\b(?:src|href|action|data|poster|srcset)\\s*=\\s*\"(?!#)"));
        Assert.Empty(Regex.Matches(page, "(?i)url\\(|@import|\\son[a-z]+=\"|\\sstyle=\"|<link|<iframe|<base"));

        string Hash(string element)
        {
            var text = Regex.Match(page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
            Assert.DoesNotContain('\r', text);
            return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void Changes_stand_with_their_run_and_a_change_that_comes_twice_counts_once()
    {
        using var stage = new WrittenJournal();
        stage.Change("a", "b", "first").Change("c", "d", "second").Change("e", "f", "first");
        var changes = stage.Read();

        using var writer = new System.IO.StringWriter();
        var report = new AclAdmin.Client.Changes.Report.ChangeReport([.. changes, .. stage.Read()], new("T", DateTime.UnixEpoch, "x"));
        report.Write(writer);

        Assert.Equal(3, report.Count);
        Assert.Equal(["c1-1", "c1-3", "c2-2"], Regex.Matches(writer.ToString(), "<tbody id=\"([^\"]+)\"").Select(body => body.Groups[1].Value));
        Assert.Contains("3 changes in 2 runs", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("<dd>ann on ops</dd>", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Outcomes_are_counted_and_what_was_not_carried_out_is_marked_as_that()
    {
        using var stage = new WrittenJournal();
        var page = stage.Change("a", "b").Change("a", "b").Change("a", "b", state: "failed").Change("a", "b", state: "").Page();

        Assert.Contains("<li class=\"applied\"><b>2</b> <span>Applied</span>", page, StringComparison.Ordinal);
        Assert.Contains("<li class=\"failed\"><b>1</b>", page, StringComparison.Ordinal);
        Assert.Contains("<li class=\"unknown\"><b>1</b>", page, StringComparison.Ordinal);
        Assert.Contains("<li class=\"notsent zero\"><b>0</b>", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "<p>Not carried out: "));
        Assert.Single(Regex.Matches(page, "<p>It is not known whether "));
    }

    [Fact]
    public void An_undo_and_what_it_undoes_lead_to_each_other_where_both_are_shown()
    {
        using var stage = new WrittenJournal();
        var page = stage.Change("a", "b", "first").Change("b", "a", "second", members: ("undoes", new Newtonsoft.Json.Linq.JArray("first#1", "gone#7"))).Page();

        Assert.Contains("<p>Undone by <a href=\"#c2-2\">change 2 of second</a></p>", page, StringComparison.Ordinal);
        Assert.Contains("<p>Undoes <a href=\"#c1-1\">change 1 of first</a> change 7 of gone</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_are_short_so_that_a_browser_lays_out_only_what_is_on_the_screen()
    {
        using var stage = new WrittenJournal();
        for (var index = 0; index < 120; index++)
        {
            stage.Change("a", "b");
        }

        Assert.Equal(["1 to 50", "51 to 100", "101 to 120"], Regex.Matches(stage.Page(), "<caption>Changes (.*?) of 120").Select(table => table.Groups[1].Value));
    }

    [Fact]
    public void A_report_of_no_changes_is_a_page_that_reports_none()
    {
        using var stage = new WrittenJournal();
        var page = stage.Page();

        Assert.Contains("<p>No changes</p>", page, StringComparison.Ordinal);
        Assert.Contains("<p id=\"nothing\">There are no such changes.</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", page, StringComparison.Ordinal);
    }
}
