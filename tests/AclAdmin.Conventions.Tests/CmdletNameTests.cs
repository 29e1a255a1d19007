using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>What cmdlets are called, and where their classes are found.</summary>
public sealed class CmdletNameTests
{
    private const string CommandNamespace = "AclAdmin.Commands";
    private const int LineLimit = 250;

    private static readonly ILookup<string?, string> SourceFiles = Directory
        .EnumerateFiles(Repository.CommandSource, "*.cs", SearchOption.AllDirectories)
        .ToLookup(Path.GetFileNameWithoutExtension);

    /// <summary>The engine warns of any other verb at every import.</summary>
    [Fact]
    public void Verbs_are_approved() => Rule.Holds(
        BuiltModule.Current.Cmdlets
            .Where(cmdlet => !BuiltModule.Current.ApprovedVerbs.Contains(cmdlet.Verb))
            .Select(cmdlet => $"{cmdlet} ({cmdlet.ClassName}): '{cmdlet.Verb}' is not an approved verb"),
        "take a constant of one of the engine's classes VerbsCommon, VerbsData, VerbsCommunications and so on; Get-Verb lists them all.");

    /// <summary>The name tells where to look, and the seal that nothing else depends on the class.</summary>
    [Fact]
    public void Classes_are_public_and_sealed_and_named_after_the_cmdlet() => Rule.Holds(
        BuiltModule.Current.Cmdlets.SelectMany(ClassProblems),
        $"declare it as 'public sealed class <Verb><Noun>Command' in the namespace {CommandNamespace}.");

    /// <summary>The engine passes over a class that says no name, and nobody notices that the cmdlet is missing.</summary>
    [Fact]
    public void Classes_that_could_be_cmdlets_say_their_name() => Rule.Holds(
        BuiltModule.Current.ClassesWithoutAttribute.Select(name => $"{name} derives from Cmdlet, is not abstract and has no [Cmdlet]"),
        "give it a [Cmdlet(verb, noun)], or make it abstract if other cmdlets share it.");

    /// <summary>One cmdlet a file, short enough to be read in one go.</summary>
    [Fact]
    public void Each_class_has_a_short_file_of_its_own() => Rule.Holds(
        BuiltModule.Current.Cmdlets.SelectMany(FileProblems),
        $"keep one cmdlet a file in src/AclAdmin/Commands/<Service>/<class>.cs, under {LineLimit} lines; "
            + "move what several share into a collaborator.");

    private static IEnumerable<string> ClassProblems(Cmdlet cmdlet)
    {
        if (!cmdlet.IsPublic)
        {
            yield return $"{cmdlet.ClassName} is not public";
        }

        if (!cmdlet.IsSealed)
        {
            yield return $"{cmdlet.ClassName} is not sealed";
        }

        if (cmdlet.Namespace != CommandNamespace)
        {
            yield return $"{cmdlet.ClassName} is in the namespace {cmdlet.Namespace}";
        }

        var expected = cmdlet.Verb + cmdlet.Noun + "Command";
        if (cmdlet.ClassName != expected)
        {
            yield return $"{cmdlet.ClassName} holds {cmdlet}, so it should be {expected}";
        }
    }

    private static IEnumerable<string> FileProblems(Cmdlet cmdlet)
    {
        var files = SourceFiles[cmdlet.ClassName].ToArray();
        if (files.Length != 1)
        {
            yield return $"{cmdlet.ClassName}: {files.Length} files are called {cmdlet.ClassName}.cs";
            yield break;
        }

        var lines = File.ReadAllLines(files[0]);
        if (!lines.Any(line => line.Contains($" class {cmdlet.ClassName} ", StringComparison.Ordinal)))
        {
            yield return $"{cmdlet.ClassName}.cs does not declare the class {cmdlet.ClassName}";
        }

        var count = lines.Count(line => line.TrimStart().StartsWith("[Cmdlet(", StringComparison.Ordinal));
        if (count > 1)
        {
            yield return $"{cmdlet.ClassName}.cs declares {count} cmdlets";
        }

        if (lines.Length >= LineLimit)
        {
            yield return $"{cmdlet.ClassName}.cs has {lines.Length} lines";
        }
    }
}
