using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>
/// What a list of the Email Security settings costs: the lines of its own files, blank ones and comments included. A list that costs more repeats something that
/// belongs into a base class, into the field table or into the shared parts of the help.
/// </summary>
public sealed class ListCostTests(ITestOutputHelper output)
{
    private const int MaxCode = 200;
    private const int MaxHelp = 250;

    private static readonly string[] Verbs = ["Get", "New", "Set", "Remove", "Sync"];

    /// <summary>
    /// The lists whose items have so many fields of their own that the limit cannot hold, with what they may cost. A field costs a line in the table, three as a
    /// property and six as a parameter, and most of a domain's 25 stand in no other list.
    /// </summary>
    private static readonly Dictionary<string, int> CodeOfLargeLists = new() { ["EmailDomain"] = 315 };

    [Fact]
    public void A_list_costs_few_lines_of_its_own()
    {
        var costs = Lists().Select(noun => new Cost(noun, Count(CodeOf(noun)), Count(HelpOf(noun)))).ToArray();
        foreach (var cost in costs)
        {
            output.WriteLine($"{cost.Noun,-30} {cost.Code,4} lines of C#, {cost.Help,4} of Markdown");
        }

        // A list whose files have other names would cost nothing here.
        Assert.Equal(7, costs.Length);
        Assert.All(costs, cost => Assert.True(cost is { Code: > 50, Help: > 50 }, $"The files of {cost.Noun} were not found."));
        Rule.Holds(
            costs.Where(cost => cost.Code > CodeOfLargeLists.GetValueOrDefault(cost.Noun, MaxCode) || cost.Help > MaxHelp)
                .Select(cost => $"{cost.Noun} costs {cost.Code} lines of C# and {cost.Help} of Markdown"),
            "give what it has in common with other lists one place: a base class of Commands/Cloudflare, EmailSecurityFields, or docs/en-US/Shared.");
    }

    private static IEnumerable<string> Lists() =>
        BuiltModule.Current.Cmdlets.Where(cmdlet => cmdlet.Verb == "Sync" && cmdlet.Noun.StartsWith("Email", StringComparison.Ordinal)).Select(cmdlet => cmdlet.Noun);

    private static IEnumerable<string> CodeOf(string noun) =>
        Verbs.Select(verb => $"{verb}{noun}Command").Append($"{noun}FieldCommand")
            .Select(name => Path.Combine(Repository.CommandSource, "Cloudflare", name + ".cs"))
            .Append(Path.Combine(Repository.Root, "src", "AclAdmin.Client", "Cloudflare", noun + ".cs"));

    private static IEnumerable<string> HelpOf(string noun) =>
        Verbs.Select(verb => $"{verb}-{noun}").Append(Path.Combine("Shared", noun)).Select(name => Path.Combine(Repository.HelpSource, name + ".md"));

    private static int Count(IEnumerable<string> files) => files.Where(File.Exists).Sum(file => File.ReadAllLines(file).Length);

    private sealed record Cost(string Noun, int Code, int Help);
}
