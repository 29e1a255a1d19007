using System;
using AclAdmin.Summary;

// Arguments: the results folder, and the exit code of dotnet test. The last line that is printed counts every test.
if (args is not [var folder, var exitCode] || !int.TryParse(exitCode, out var status))
{
    Console.Error.WriteLine("Usage: AclAdmin.Summary <results folder> <exit code of dotnet test>");
    return 2;
}

var results = TestResults.Read(folder);
foreach (var problem in results.Problems(status))
{
    Console.Error.WriteLine(problem);
}

if (Coverage.Read(folder) is { } coverage)
{
    Console.WriteLine($"The library's own tests run {coverage}.");
}

var (passed, failed, skipped) = results.Totals(status);
Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return status == 0 && failed == 0 && passed > 0 ? 0 : 1;
