using AclAdmin.Client.Resources;

namespace AclAdmin.Streams;

/// <summary>Shows old and new values in different colours: the user's own, where the host has any.</summary>
internal sealed class DifferenceColors
{
    private static readonly DifferenceColors None = new("", "", "");

    private readonly string _before;
    private readonly string _after;
    private readonly string _reset;

    private DifferenceColors(string before, string after, string reset)
    {
        _before = before;
        _after = after;
        _reset = reset;
    }

    /// <summary>The colours of <c>$PSStyle</c>, which Windows PowerShell does not have; none where plain output is configured.</summary>
    public static DifferenceColors For(PSCmdlet cmdlet)
    {
        if (cmdlet.GetVariableValue("PSStyle") is not { } value || cmdlet.Host?.UI?.SupportsVirtualTerminal != true)
        {
            return None;
        }

        var style = PSObject.AsPSObject(value);
        if (style.Properties["OutputRendering"]?.Value?.ToString() == "PlainText" || style.Properties["Foreground"]?.Value is not { } foreground)
        {
            return None;
        }

        var colors = PSObject.AsPSObject(foreground);
        return new DifferenceColors(
            TextOf(colors, "Red"), TextOf(colors, "Green"), TextOf(style, "Reset"));
    }

    private static string TextOf(PSObject styles, string name) => styles.Properties[name]?.Value as string ?? "";

    /// <summary>A field with its old and its new value.</summary>
    public string Format(FieldDifference difference) =>
        difference.Describe(value => $"{_before}{value}{_reset}", value => $"{_after}{value}{_reset}");
}
