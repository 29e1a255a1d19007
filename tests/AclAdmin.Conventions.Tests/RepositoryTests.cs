using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>What the repository promises to those who build, release and trust it.</summary>
public sealed partial class RepositoryTests
{
    private static IEnumerable<string> Workflows =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, ".github", "workflows"), "*.yml").Append(Path.Combine(Repository.Root, "action.yml"));

    [Fact]
    public void Every_action_is_pinned_by_commit_with_its_version_beside_it()
    {
        var used = Workflows.SelectMany(file => Uses().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Action: match.Groups[1].Value))).ToList();

        Assert.NotEmpty(used);
        Assert.All(used, use => Assert.Matches(Pinned(), use.Action));
    }

    [Fact]
    public void One_action_has_one_commit()
    {
        var pins = Workflows.SelectMany(file => Uses().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Where(action => action.Contains('@', StringComparison.Ordinal))
            .ToLookup(action => string.Join('/', action.Split('@')[0].Split('/').Take(2)), action => action.Split('@')[1]);

        Assert.Empty(pins.Where(pin => pin.Distinct().Count() > 1).Select(pin => pin.Key));
    }

    [Fact]
    public void Every_project_that_is_built_has_a_lock_file_and_none_names_a_registry()
    {
        var projects = Project().Matches(File.ReadAllText(Path.Combine(Repository.Root, "AclAdmin.sln"))).Select(match => match.Groups[1].Value.Replace('\\', '/'));
        var locks = projects.Select(project => Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "packages.lock.json")).ToList();

        Assert.NotEmpty(locks);
        Assert.All(locks, path => Assert.DoesNotContain("://", File.ReadAllText(path), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?m)^\s*(?:- )?uses: *([^\n]+?) *$")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex Project();
}
