using System;
using System.IO;

namespace AclAdmin.Client.Changes.Report;

/// <summary>
/// Writes HTML. Text from outside goes through <see cref="Text"/> alone, which escapes it and makes invisible characters visible; all else is
/// markup of this assembly.
/// </summary>
/// <param name="writer">The destination.</param>
internal sealed class HtmlOutput(TextWriter writer)
{
    /// <summary>Writes markup as it is.</summary>
    public HtmlOutput Markup(string html)
    {
        writer.Write(html);
        return this;
    }

    /// <summary>Writes a text, for the content of an element or for an attribute in quotes.</summary>
    public HtmlOutput Text(string? text)
    {
        var visible = DisplayText.Of(text, int.MaxValue);
        var start = 0;
        for (var index = 0; index < visible.Length; index++)
        {
            if (Entity(visible[index]) is { } entity)
            {
                writer.Write(visible.Substring(start, index - start));
                writer.Write(entity);
                start = index + 1;
            }
        }

        writer.Write(start == 0 ? visible : visible.Substring(start));
        return this;
    }

    /// <summary>Writes an element with a text.</summary>
    /// <param name="name">The element's name.</param>
    /// <param name="text">The text.</param>
    /// <param name="kind">Its class; null for none.</param>
    public HtmlOutput Element(string name, string? text, string? kind = null) =>
        Markup(kind is null ? $"<{name}>" : $"<{name} class=\"{kind}\">").Text(text).Markup($"</{name}>");

    /// <summary>Writes a time in UTC, for people and for programs.</summary>
    public HtmlOutput Time(DateTime time, string format = ReportTime.Second) =>
        Markup($"<time datetime=\"{ReportTime.Format(time, ReportTime.Iso)}\">{ReportTime.Format(time, format)}</time>");

    private static string? Entity(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => null,
    };
}
