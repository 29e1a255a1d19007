using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>The help of one cmdlet in the file that Get-Help reads.</summary>
internal sealed class HelpEntry(XElement command)
{
    /// <summary>The cmdlets' help, by cmdlet.</summary>
    public static IReadOnlyDictionary<string, HelpEntry> All { get; } =
        XDocument.Load(Repository.HelpFile).Root!.Elements().Select(entry => new HelpEntry(entry)).ToDictionary(entry => entry.Cmdlet, StringComparer.Ordinal);

    /// <summary>The cmdlet.</summary>
    public string Cmdlet { get; } = Child(Child(command, "details"), "name").Value;

    /// <summary>All its text.</summary>
    public string Text { get; } = command.Value;

    /// <summary>The texts that every cmdlet has, by the element that holds them.</summary>
    public IReadOnlyDictionary<string, string> Sections { get; } =
        command.Elements().Where(section => !section.Elements().Any(part => part.Name.LocalName == "syntaxItem"))
            .ToDictionary(section => section.Name.LocalName, section => section.Value);

    /// <summary>The notes.</summary>
    public string Notes { get; } = Child(command, "alertSet").Value;

    /// <summary>What explains each parameter, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; } =
        Child(command, "parameters").Elements().ToDictionary(parameter => Child(parameter, "name").Value, parameter => Child(parameter, "description").Value);

    /// <summary>The aliases of each parameter, by name.</summary>
    public IReadOnlyDictionary<string, string[]> Aliases { get; } = Child(command, "parameters").Elements()
        .ToDictionary(parameter => Child(parameter, "name").Value, parameter => parameter.Attribute("aliases")!.Value.Split(", "));

    /// <summary>How many examples it has.</summary>
    public int Examples { get; } = Child(command, "examples").Elements().Count();

    /// <inheritdoc/>
    public override string ToString() => Cmdlet + ".md";

    private static XElement Child(XElement parent, string name) => parent.Elements().First(child => child.Name.LocalName == name);
}
