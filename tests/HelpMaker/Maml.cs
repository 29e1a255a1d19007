using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AclAdmin.HelpMaker;

/// <summary>The names and the frame of MAML, the format that Get-Help reads.</summary>
internal static class Maml
{
    public static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Items = "http://msh";

    /// <summary>An element with paragraphs.</summary>
    public static XElement Paragraphs(XName name, IEnumerable<string> paragraphs) => new(name, paragraphs.Select(text => new XElement(Text + "para", text)));

    /// <summary>Writes the file, and only marks it as new where it has this content already: somebody may be reading it.</summary>
    public static void Save(IEnumerable<XElement> commands, string path)
    {
        var root = new XElement(
            Items + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Text),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            commands);
        using var content = new MemoryStream();
        using (var writer = XmlWriter.Create(content, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            root.Save(writer);
        }

        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content.ToArray()))
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllBytes(path, content.ToArray());
    }
}
