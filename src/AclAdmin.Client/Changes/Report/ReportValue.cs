namespace AclAdmin.Client.Changes.Report;

/// <summary>Writes one value of a field, with the part marked that differs from the other one.</summary>
/// <param name="html">The page.</param>
internal sealed class ReportValue(HtmlOutput html)
{
    /// <summary>So much of what a long value has in common with the other one is shown at each end.</summary>
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

    /// <summary>Of a long list with one number more, nobody looks for the number among those that were there.</summary>
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

    /// <summary>A piece that cuts no pair of surrogates in two.</summary>
    private static string Cut(string text, int start, int length)
    {
        var from = char.IsLowSurrogate(text[start]) ? start + 1 : start;
        var to = start + length < text.Length && char.IsLowSurrogate(text[start + length]) ? start + length - 1 : start + length;
        return text.Substring(from, to - from);
    }
}
