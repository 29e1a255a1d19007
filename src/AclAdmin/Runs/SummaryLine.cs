using AclAdmin.Streams;

namespace AclAdmin.Runs;

/// <summary>Writes the line that closes a run: an information record that hosts show by themselves, as they show what Write-Host writes.</summary>
internal static class SummaryLine
{
    /// <summary>The engine shows a record with this tag on the screen, unless information is ignored.</summary>
    private const string HostTag = "PSHOST";

    /// <summary>Writes a line.</summary>
    public static void Write(Cmdlet cmdlet, string line) =>
        cmdlet.ShowLine(line, [HostTag, "AclAdmin", "Summary"]);
}
