using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>
/// Options that must not matter do not matter: the rows of each writing cmdlet are run plain, then with each such option and each pair of them, and errors
/// with their rows, warnings, counts and the state that results are equal.
/// </summary>
public sealed class OptionTests(OptionTests.Fixture fixture) : IClassFixture<OptionTests.Fixture>
{
    private static readonly string[] CountNames = ["Rows", "Created", "Changed", "Removed", "Unchanged", "Skipped", "Failed", "Unknown"];

    public static TheoryData<string> Cases => [.. WritingCase.Names];

    [Fact]
    public void Each_option_is_tried_alone_and_with_each_other()
    {
        var sets = NeutralOption.Sets(NeutralOption.All).ToArray();
        Assert.Equal(13 + 76, sets.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{NeutralOption.All.Count} options, {sets.Length - NeutralOption.All.Count} pairs at most, {WritingCase.Names.Count()} cases.");
    }

    [Theory(Timeout = HostingStage.Patience)]
    [MemberData(nameof(Cases))]
    public async Task Options_that_must_not_matter_do_not_matter(string name)
    {
        var stage = fixture.Stage;
        stage.Reset();
        var present = new Dictionary<string, IReadOnlyList<System.Text.Json.Nodes.JsonObject>>();
        foreach (var segment in TestList.All.Select(list => list.Segment))
        {
            present[segment] = await stage.ReadAsync(segment);
        }

        var writing = WritingCase.Of(name, segment => present[segment]);
        var parameters = stage.Runspace.InvokeScript($"(Get-Command {writing.Cmdlet}).Parameters.Keys").Output.Select(name => (string)name.BaseObject).ToHashSet();
        var options = NeutralOption.All.Where(option => option.FitsTo(writing, parameters)).ToArray();
        var plain = await RunAsync(writing, []);
        Assert.Equal(writing.Rows.Select(row => $"{row.Kind}: {row.Error}"), writing.Rows.Select(row => $"{row.Kind}: {plain.ErrorOf(row)}"));
        Assert.DoesNotContain("at no row", plain.Text, StringComparison.Ordinal);
        if (name.EndsWith("RemoveUnlisted", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("Removed 0", plain.Text, StringComparison.Ordinal);
        }


        var differences = new List<string>();
        var (pairs, known) = (0, 0);
        foreach (var set in NeutralOption.Sets(options))
        {
            pairs += set.Length - 1;
            var with = string.Join(" and ", set.Select(option => option.Name));
            var run = await RunAsync(writing, set);
            var expected = run.IsRowOnlyLeftOut ? await fixture.WithoutRowOnlyAsync(writing, () => RunAsync(writing with { Rows = [.. writing.Rows.Where(row => !row.IsRowOnly)] }, [])) : plain;
            if (expected.Text == run.Text || (run.IsRowOnlyLeftOut && WithoutRepeats(expected.Text) == WithoutRepeats(run.Text)))
            {
                continue;
            }

            if (Known.OfOption(name, with) is not null)
            {
                known++;
                continue;
            }

            differences.Add($"{name} with {with}:\n{Diff(expected.Text, run.Text)}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {options.Length} options, {pairs} pairs, {known} left out as known.");
        Assert.True(differences.Count == 0, $"{differences.Count} of {pairs + options.Length}:\n" + string.Join("\n", differences.Take(5)));
    }

    /// <summary>Calls of their own do not know that a later one specifies the same item.</summary>
    private static string WithoutRepeats(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.Contains("The later row overrides it.", StringComparison.Ordinal)));

    private async Task<Result> RunAsync(WritingCase writing, NeutralOption[] options)
    {
        var stage = fixture.Stage;
        stage.Reset();
        if (writing.IsRemove)
        {
            stage.Refuse(TestList.Of(writing.Cmdlet.Split('-')[1]).IdOf(3));
        }
        else if (writing.Segment == "owners")
        {
            stage.Refuse(writing.Cmdlet.StartsWith("New-", StringComparison.Ordinal) ? SandboxIds.TrunkGroup(3) : $"partners/{SandboxDefaults.PartnerSid}");
        }

        var plan = new CallPlan();
        foreach (var option in options)
        {
            option.Apply(plan, stage);
        }

        plan.Parameters["Connection"] = stage.Connection(writing.IsCarrierX, plan.Connection);
        foreach (var (name, value) in writing.Always)
        {
            plan.Parameters[name] = value;
        }

        var runspace = plan.IsOtherRunspace ? fixture.OtherRunspace : stage.Runspace;
        var isArguments = plan.Rows == RowsAs.Arguments;
        var cases = writing.Rows.Where(row => !isArguments || !row.IsRowOnly).ToArray();
        var rows = cases.Select(row => row.Make()).ToArray();
        var result = new Result { IsRowOnlyLeftOut = isArguments };
        if (!isArguments)
        {
            var run = plan.Rows == RowsAs.Pipeline ? Call(plan.Parameters, [], rows) : Call(plan.Parameters, [("InputObject", rows)], null);
            result.Add(run, cases, error => Array.FindIndex(rows, row => ReferenceEquals(row, error.TargetObject)));
            Count();
        }
        else if (writing.IsRemove)
        {
            var ids = cases.Select(row => (string)row.Cells.Single().Cell!).ToArray();
            result.Add(Call(plan.Parameters, [(writing.Rows[0].Cells.Single().Column, ids)], null), cases, error => Array.IndexOf(ids, $"{error.TargetObject}"));
            Count();
        }
        else
        {
            for (var index = 0; index < cases.Length; index++)
            {
                var at = index;
                result.Add(Call(plan.Parameters, cases[index].Cells, null), cases, _ => at);
                Count();
            }
        }

        result.State = await stage.ShowAsync(writing.Segment, fixture.Seeded.Contains);
        return result;

        void Count() => result.Count(runspace.Invoke("Get-AclRun", new { Last = true }).Output.Single());

        Run Call(IEnumerable<KeyValuePair<string, object?>> common, IEnumerable<(string, object?)> more, PSObject[]? input)
        {
            using var shell = PowerShell.Create(runspace);
            shell.AddCommand(writing.Cmdlet);
            foreach (var (name, value) in common.Select(pair => (pair.Key, pair.Value)).Concat(more))
            {
                shell.AddParameter(name, value);
            }

            return Run.Of(shell, input);
        }
    }

    private static string Diff(string expected, string seen)
    {
        var (before, after) = (expected.Split('\n'), seen.Split('\n'));
        return string.Join('\n', before.Except(after).Select(line => "  - " + line).Concat(after.Except(before).Select(line => "  + " + line)));
    }

    /// <summary>What the rows of a call came to.</summary>
    private sealed class Result
    {
        private readonly List<(CaseRow? Row, string Error)> _errors = [];
        private readonly List<string> _warnings = [];
        private readonly long[] _counts = new long[CountNames.Length];

        public bool IsRowOnlyLeftOut { get; init; }

        public string State { get; set; } = "";

        public string Text => string.Join('\n',
        [
            .. _errors.Select(error => $"error {error.Error} at {error.Row?.Kind ?? "no row"}"),
            .. _warnings.Order(StringComparer.Ordinal).Select(warning => "warning " + warning),
            .. CountNames.Zip(_counts, (name, count) => $"{name} {count}"),
            .. State.Split('\n'),
        ]);

        public string? ErrorOf(CaseRow row) => _errors.FirstOrDefault(error => error.Row == row).Error;

        public void Add(Run run, CaseRow[] cases, Func<ErrorRecord, int> rowOf)
        {
            _errors.AddRange(run.Errors.Select(error => (rowOf(error) is >= 0 and var index ? cases[index] : null, error.FullyQualifiedErrorId.Split(',')[0])));
            _warnings.AddRange(run.Warnings);
            if (run.Failure is not null)
            {
                _errors.Add((null, $"ended by {run.Failure}"));
            }
        }

        public void Count(PSObject run)
        {
            for (var index = 0; index < CountNames.Length; index++)
            {
                _counts[index] += (long)run.Properties[CountNames[index]].Value;
            }
        }
    }

    /// <summary>The stage that all cmdlets share.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private (WritingCase Writing, object Result)? _withoutRowOnly;

        internal ListStage Stage { get; private set; } = null!;

        internal Runspace OtherRunspace { get; private set; } = null!;

        internal HashSet<string> Seeded { get; private set; } = [];

        /// <summary>The plain run of the rows that can be arguments, made once for each cmdlet.</summary>
        internal async Task<T> WithoutRowOnlyAsync<T>(WritingCase writing, Func<Task<T>> run)
            where T : class
        {
            if (_withoutRowOnly?.Writing != writing)
            {
                _withoutRowOnly = (writing, await run());
            }

            return (T)_withoutRowOnly.Value.Result;
        }

        public async ValueTask InitializeAsync()
        {
            Stage = await ListStage.StartAsync();
            OtherRunspace = Engine.Open(new BareHost());
            Seeded = [.. TestList.All.SelectMany(list => Enumerable.Range(1, TestList.Count).Select(list.IdOf))];
        }

        public ValueTask DisposeAsync()
        {
            OtherRunspace.Dispose();
            return Stage.DisposeAsync();
        }
    }
}
