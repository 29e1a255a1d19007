using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Changes.Report;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests;

/// <summary>A journal that is written line by line, with no run behind it, and the report that is made of it.</summary>
internal sealed class WrittenJournal : IDisposable
{
    private readonly List<JObject> _lines = [];
    private readonly HashSet<string> _runs = [];
    private long _number;

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("acladmin-report-");

    public string JournalPath => Path.Combine(Folder.FullName, "changes.jsonl");

    public WrittenJournal Head(string run, params (string Name, JToken? Value)[] members)
    {
        _runs.Add(run);
        Line("run", run, DateTime.UnixEpoch, members);
        return this;
    }

    /// <summary>A change of one field of an entry, applied unless specified otherwise.</summary>
    public WrittenJournal Change(
        JToken? before, JToken? after, string run = "run-1", string state = "applied", DateTime? time = null, string verb = "update", JObject? outcome = null, params (string Name, JToken? Value)[] members)
    {
        if (_runs.Add(run))
        {
            Line("run", run, time ?? DateTime.UnixEpoch, ("command", "Set-Item"), ("user", "ann"), ("host", "ops"), ("service", "Cloudflare"), ("address", "https://api.example.com/"));
        }

        var at = time ?? DateTime.UnixEpoch;
        _number++;
        Line("intent", run, at, [
            ("change", _number), ("resource", "impersonation_registry"), ("verb", verb), ("id", $"id-{_number}"), ("name", $"Name {_number}"),
            ("before", verb == "create" ? null : new JObject { ["comments"] = before }), ("body", verb == "delete" ? null : new JObject { ["comments"] = after }), .. members]);
        if (state.Length > 0)
        {
            Line("outcome", run, at, ("change", _number), ("state", state), ("after", outcome), ("error", members.FirstOrDefault(member => member.Name == "error").Value), ("errorId", state == "failed" ? "ApiError" : null));
        }

        return this;
    }

    public IReadOnlyList<AclChange> Read()
    {
        File.WriteAllLines(JournalPath, _lines.Select(line => line.ToString(Newtonsoft.Json.Formatting.None)));
        var content = JournalReader.Read(JournalPath);
        Xunit.Assert.Empty(content.Problems);
        return content.Changes;
    }

    public ChangeReport Report(string title = "T") => new(Read(), new ChangeReportOptions(title, DateTime.UnixEpoch, "AclAdmin 1.2.3"));

    public string Page(string title = "T")
    {
        using var writer = new StringWriter();
        Report(title).Write(writer);
        return writer.ToString();
    }

    public void Dispose() => Folder.Delete(recursive: true);

    private void Line(string type, string run, DateTime time, params (string Name, JToken? Value)[] members)
    {
        var line = new JObject { ["v"] = 1, ["type"] = type, ["run"] = run, ["time"] = time.ToString("O") };
        foreach (var (name, value) in members.Where(member => member.Value is not null))
        {
            line[name] = value;
        }

        _lines.Add(line);
    }
}
