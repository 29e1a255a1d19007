using System;
using System.IO;
using System.Linq;
using AclAdmin.Summary;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>The figures that .ci/run closes with, of results as xunit, Pester and coverlet write them.</summary>
public sealed class SummaryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("summary").FullName;

    [Fact]
    public void Tests_of_xunit_and_of_Pester_are_added_and_a_file_of_Pester_is_no_test_of_its_own()
    {
        WriteTrx("a.trx", ("Retry.Waits", "Passed"), ("Retry.Gives_up", "NotExecuted"));
        WriteTrx("b.trx", ("AclAdmin.PesterTests.PesterFiles.Passes(file: \"Csv.Tests.ps1\")", "Passed"), ("Plan.outcome=\"Failed\" <UnitTestResult >", "Passed"));
        WriteCounts("Csv.Tests.ps1", """{"passed":7,"failed":0,"skipped":2}""");

        var results = TestResults.Read(_folder);

        Assert.Equal((9, 0, 3), results.Totals(0));
        Assert.Empty(results.Problems(0));
    }

    [Fact]
    public void A_file_of_Pester_that_failed_without_counts_is_one_failure()
    {
        WriteTrx("a.trx", ("Retry.Waits", "Passed"), ("AclAdmin.PesterTests.PesterFiles.Passes(file: \"Csv.Tests.ps1\")", "Failed"));

        Assert.Equal((1, 1, 0), TestResults.Read(_folder).Totals(1));

        WriteCounts("Csv.Tests.ps1", """{"passed":5,"failed":3,"skipped":0}""");
        Assert.Equal((6, 3, 0), TestResults.Read(_folder).Totals(1));
    }

    [Fact]
    public void A_file_of_Pester_that_was_skipped_is_one_skipped()
    {
        WriteTrx("a.trx", ("Retry.Waits", "Passed"), ("AclAdmin.PesterTests.PesterFiles.Passes(file: \"Csv.Tests.ps1\")", "NotExecuted"));

        Assert.Equal((1, 0, 1), TestResults.Read(_folder).Totals(0));
    }

    [Fact]
    public void A_run_that_failed_without_a_failed_test_counts_one_and_says_so()
    {
        WriteTrx("a.trx", ("Retry.Waits", "Passed"));

        var results = TestResults.Read(_folder);

        Assert.Equal((1, 1, 0), results.Totals(134));
        Assert.Equal("dotnet test ended with 134 although no test failed.", Assert.Single(results.Problems(134)));
    }

    [Fact]
    public void A_run_without_tests_is_a_problem()
    {
        Assert.Equal("No test passed: something is wrong with the run itself.", Assert.Single(TestResults.Read(_folder).Problems(0)));
        Assert.Equal((0, 0, 0), TestResults.Read(Path.Combine(_folder, "missing")).Totals(0));
    }

    [Fact]
    public void Coverage_counts_a_line_once_and_as_run_where_any_of_its_methods_was()
    {
        Assert.Null(Coverage.Read(_folder));

        File.WriteAllText(
            Path.Combine(_folder, "coverage.json"),
            """
            {"AclAdmin.Client.dll":{
              "/_/A.cs":{"A":{"Void A::M()":{"Lines":{"10":2,"11":0,"12":0},"Branches":[]}},"A/<>c":{"Int32 A/<>c::<M>b__0()":{"Lines":{"11":4},"Branches":[]}}},
              "/_/B.cs":{"B":{"Void B::M()":{"Lines":{"10":0},"Branches":[]}}}}}
            """);

        Assert.Equal(new Coverage(2, 4), Coverage.Read(_folder));
        Assert.Equal("50.0 % of its lines (2 of 4)", Coverage.Read(_folder)!.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteTrx(string name, params (string Test, string Outcome)[] tests) =>
        File.WriteAllText(
            Path.Combine(_folder, name),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><TestRun xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\"><Results>" +
            string.Concat(tests.Select(test => $"<UnitTestResult testName=\"{System.Security.SecurityElement.Escape(test.Test)}\" outcome=\"{test.Outcome}\" />")) +
            "</Results></TestRun>");

    private void WriteCounts(string file, string counts) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "pester")).FullName, file + ".json"), counts);
}
