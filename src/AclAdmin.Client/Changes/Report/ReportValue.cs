namespace AclAdmin.Client.Changes.Report;

/// <summary>Writes one value of a field, with the part marked that differs from the other one.</summary>
/// <param name="html">The page.</param>
internal sealed class ReportValue(HtmlOutput html)
{
    /// <summary>The number of common characters that are shown at each end of a long value.</summary>
    private const int ContextLength = 240;

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value; null for none.</param>
    /// <param name="mark">The element that marks what differs; null to mark nothing.</param>
    public void Write(ValueParts? value, string? mark)
    {
        if (value is null)
        {
            html.Markup("<i>none</i>");
            return;
        }

        if (value.Head.Length + value.Middle.Length + value.Tail.Length == 0)
        {
            html.Markup("<i>empty text</i>");
            return;
        }

        WriteCommon(value.Head);
        if (mark is null || value.Middle.Length == 0)
        {
            html.Text(value.Middle);
        }
        else
        {
            html.Element(mark, value.Middle);
        }

        WriteCommon(value.Tail);
    }

    /// <summary>Where a long list has one more number, the unchanged numbers would only hide it.</summary>
    private void WriteCommon(string text)
    {
        if (text.Length <= 3 * ContextLength)
        {
            html.Text(text);
            return;
        }

        html.Text(Cut(text, 0, ContextLength))
            .Markup("<i>").Text($" {ReportTime.Count(text.Length - (2 * ContextLength))} characters alike ").Markup("</i>")
            .Text(Cut(text, text.Length - ContextLength, ContextLength));
    }

    /// <summary>A piece that does not split a surrogate pair.</summary>
    private static string Cut(string text, int start, int length)
    {
        var from = char.IsLowSurrogate(text[start]) ? start + 1 : start;
        var to = start + length < text.Length && char.IsLowSurrogate(text[start + length]) ? start + length - 1 : start + length;
        return text.Substring(from, to - from);
    }
}
