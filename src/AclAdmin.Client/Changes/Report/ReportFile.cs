using System;
using System.IO;
using System.Text;

namespace AclAdmin.Client.Changes.Report;

/// <summary>
/// Writes a report to a file that its owner alone can read, as it holds what a journal holds. The file appears only when it is complete.
/// </summary>
public static class ReportFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Whether a report at a path would replace a file.</summary>
    public static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="overwrites">Whether it may replace a file.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.FileFailed"/>: the file exists, or cannot be written. It is unchanged.</exception>
    public static void Write(ChangeReport report, string path, bool overwrites)
    {
        if (!overwrites && Exists(path))
        {
            throw new AclException(
                ErrorKind.FileFailed, $"The file {DisplayText.Of(path)} is there already. It was not changed.", "Specify another path, or -Force to replace it.");
        }

        try
        {
            RegularFile.CheckReplaceable(path, "a report", start => start.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal));
            OwnerOnlyFile.Write(path, overwrites, file =>
            {
                using var writer = new StreamWriter(file, Utf8, bufferSize: 1 << 16);
                report.Write(writer);
            });
        }
        catch (Exception failure) when (OwnerOnlyFile.IsFailure(failure))
        {
            throw new AclException(
                ErrorKind.FileFailed,
                $"The report {DisplayText.Of(path)} could not be written: {failure.Message.TrimEnd('.')}.",
                "Make room, correct the path or its permissions, or specify another path.",
                failure);
        }
    }
}
