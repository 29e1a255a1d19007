using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>
/// Every text that reaches a host or a completion goes through <c>HostText</c>, and every text that reaches a file through <c>Redactor</c>: both are read
/// from the code, as a call in a new place is forgotten easily.
/// </summary>
public sealed partial class HostTextTests
{
    private const string Streams = "AclAdmin.Streams.";

    private static readonly Lazy<CallGraph> Graph = new(() => new CallGraph(
        Path.Combine(Repository.ModuleOutput, "AclAdmin.dll"), Path.Combine(Repository.ModuleOutput, "AclAdmin.Client.dll")));

    /// <summary>What only one class may use, and the class.</summary>
    private static readonly (string Used, string User)[] Doors =
    [
        ("System.Management.Automation.Cmdlet::WriteVerbose", Streams + "HostOutput"),
        ("System.Management.Automation.Cmdlet::WriteWarning", Streams + "HostOutput"),
        ("System.Management.Automation.Cmdlet::WriteDebug", Streams + "HostOutput"),
        ("System.Management.Automation.Cmdlet::WriteInformation", Streams + "HostOutput"),
        ("System.Management.Automation.Cmdlet::WriteProgress", Streams + "HostOutput"),
        ("System.Management.Automation.Cmdlet::ShouldProcess", Streams + "HostOutput"),
        ("System.Management.Automation.Cmdlet::ShouldContinue", Streams + "HostOutput"),
        ("System.Management.Automation.ErrorRecord::ctor", Streams + "ErrorRecords"),
        ("System.Management.Automation.ErrorDetails::ctor", Streams + "ErrorRecords"),
        ("System.Management.Automation.CompletionResult::ctor", "AclAdmin.Completion.Offers"),
    ];

    /// <summary>Where the bytes of a file come from, and what removes secrets on the way there.</summary>
    private static readonly (string Writer, string Redacted)[] Files =
    [
        ("AclAdmin.Client.Changes.Journal.JournalLine::ToUtf8", "AclAdmin.Client.Http.Credentials.Redactor::Redact"),
        ("AclAdmin.Client.Changes.Sync.AclPlan::Of", "AclAdmin.Client.Changes.Sync.AclPlanChange::Redact"),
        ("AclAdmin.Client.Changes.Sync.AclPlanChange::Redact", "AclAdmin.Client.Http.Credentials.Redactor::Redact"),
    ];

    private static readonly string[] Assemblies = ["AclAdmin.dll", "AclAdmin.Client.dll"];

    [Fact]
    public void What_a_host_shows_and_Tab_inserts_is_made_in_one_place() => Rule.Holds(
        from door in Doors
        from use in Graph.Value.FindUsers(used => used.Replace("::.ctor", "::ctor", StringComparison.Ordinal) == door.Used)
        where !use.User.StartsWith(door.User + "::", StringComparison.Ordinal)
        select $"{use.User} uses {door.Used}",
        "use AclAdmin.Streams.HostOutput, ErrorRecords or AclAdmin.Completion.Offers, which make every text fit to be shown.");

    /// <summary>Were the reader blind, or a class of another name, the rule above would hold forever.</summary>
    [Fact]
    public void Each_of_these_places_is_used_and_makes_its_texts_fit()
    {
        Assert.All(Doors, door => Assert.NotEmpty(Graph.Value.FindUsers(used => used.Replace("::.ctor", "::ctor", StringComparison.Ordinal) == door.Used)));
        Assert.All(Doors.Select(door => door.User).Distinct(), user => Assert.NotNull(Graph.Value.FindUse(user, used => used == Streams + "HostText::Of", _ => true)));
        Assert.NotNull(Graph.Value.FindUse(Streams + "HostText", used => used == "AclAdmin.Client.DisplayText::Of", _ => false));
        Assert.NotNull(Graph.Value.FindUse(Streams + "HostText", used => used == "AclAdmin.Client.Http.Credentials.Redactor::RedactAll", _ => false));
    }

    [Fact]
    public void What_reaches_a_file_has_been_redacted()
    {
        Assert.All(Files, file => Assert.Contains(Graph.Value.FindUsers(used => used == file.Redacted), use => use.User == file.Writer));
        Rule.Holds(
            from use in Graph.Value.FindUsers(used => used.StartsWith("System.IO.File::Write", StringComparison.Ordinal) || used.StartsWith("System.IO.File::Append", StringComparison.Ordinal)
                || used.StartsWith("System.IO.File::Create", StringComparison.Ordinal) || used is "System.IO.StreamWriter::ctor" or "System.IO.StreamWriter::.ctor")
            where !use.User.StartsWith("AclAdmin.Client.Changes.Report.", StringComparison.Ordinal)
            select $"{use.User} uses {use.Used}",
            "write journals with JournalLine, and plans with AclPlanFile: their content is redacted.");
    }

    /// <summary>A view reads text through Shown; only what cannot be a text is read as it is.</summary>
    [Fact]
    public void Views_show_text_through_Shown()
    {
        var files = Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll").Concat(Directory.GetFiles(Repository.ModuleOutput, "*.dll")).Append(Repository.EngineAssembly);
        using var context = new MetadataLoadContext(new PathAssemblyResolver(files));
        var assemblies = Assemblies.Select(name => context.LoadFromAssemblyPath(Path.Combine(Repository.ModuleOutput, name))).ToArray();
        var views = Directory.GetFiles(Path.Combine(Repository.Root, "src", "AclAdmin", "Formats"), "*.Format.ps1xml").SelectMany(path => XDocument.Load(path).Descendants("View")).ToArray();
        Assert.True(views.Length > 25);
        Rule.Holds(
            views.SelectMany(view =>
            {
                var name = view.Element("ViewSelectedBy")!.Element("TypeName")!.Value;
                var type = assemblies.Select(assembly => assembly.GetType(name)).Single(found => found is not null)!;
                var raw = view.Descendants("PropertyName").Select(item => item.Value).Where(property => CanBeText(type.GetProperty(property)!.PropertyType));
                var scripts = view.Descendants("ScriptBlock").SelectMany(item => Reads().Matches(item.Value).Select(match => match.Value)).Where(read => !IsSafe(read));
                return raw.Concat(scripts).Select(read => $"{view.Element("Name")!.Value}: {read}");
            }),
            "write <ScriptBlock>$_.Shown.Name</ScriptBlock>, with a comma in front for a list.");
    }

    private static bool IsSafe(string read) => read.Contains(".Shown.", StringComparison.Ordinal)
        || read is "$_.ToDiff" or "$_.StartedAt.ToString" or "$_.Rules.Count" or "$_.TrunkSid" or "$_.TrunkGroupSid";

    private static bool CanBeText(Type type)
    {
        var plain = type.IsGenericType && type.FullName!.StartsWith("System.Nullable`1", StringComparison.Ordinal) ? type.GetGenericArguments()[0] : type;
        return !plain.IsEnum && plain.FullName is not ("System.Boolean" or "System.Int32" or "System.Int64" or "System.DateTime" or "System.TimeSpan");
    }

    [GeneratedRegex(@"\$_(\.\w+)+")]
    private static partial Regex Reads();
}
