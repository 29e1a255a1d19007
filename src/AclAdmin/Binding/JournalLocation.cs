using System;
using AclAdmin.Client;
using AclAdmin.Client.Http;

namespace AclAdmin.Binding;

/// <summary>Finds the journal of a call: the parameter's, or else the connection's, or else the environment's.</summary>
internal static class JournalLocation
{
    /// <summary>The environment variable that names a journal for jobs.</summary>
    public const string Variable = "ACLADMIN_JOURNAL_PATH";

    /// <summary>The full path of the journal; null where none is kept.</summary>
    /// <param name="cmdlet">The cmdlet, whose location a relative path is resolved against.</param>
    /// <param name="isBound">Whether the parameter was specified.</param>
    /// <param name="parameter">Its value; null or empty for no journal.</param>
    /// <param name="connection">The connection; null where the call uses none.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: the path is none of a file.</exception>
    public static string? Find(PSCmdlet cmdlet, bool isBound, string? parameter, ApiConnection? connection) =>
        Resolve(cmdlet, isBound ? parameter : connection?.JournalPath ?? Environment.GetEnvironmentVariable(Variable));

    /// <summary>The full path; null for none.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: the path is none of a file.</exception>
    public static string? Resolve(PSCmdlet cmdlet, string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return null;
        }

        return FileLocation.Resolve(cmdlet, path!, (reason, inner) => new AclException(
            ErrorKind.JournalFailed,
            $"The journal '{DisplayText.Of(path)}' cannot be a file: {reason}. Nothing was sent.",
            "Specify the path of a file, or -JournalPath '' for no journal.",
            inner));
    }
}
