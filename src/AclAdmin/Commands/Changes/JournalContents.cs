using System;
using System.Linq;
using System.Threading;
using AclAdmin.Client;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Connections;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>Reads the journal that a cmdlet works with.</summary>
internal static class JournalContents
{
    /// <summary>Reads a journal, and warns of problems in it. Ends the pipeline where there is no journal, or where the file is none.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="specified">The path that was specified; null where none was.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static JournalContent Read(PSCmdlet cmdlet, string? specified, CancellationToken cancellationToken)
    {
        try
        {
            var path = FindPath(cmdlet, specified);
            var content = JournalReader.Read(path, cancellationToken);
            if (content.Runs.Count == 0 && content.Problems.Count > 0)
            {
                throw new AclException(
                    ErrorKind.JournalFailed, $"The file {DisplayText.Of(path)} has no usable line of a journal. {content.Problems[0]}", "Specify the path of a journal.");
            }

            foreach (var problem in content.Problems)
            {
                cmdlet.ShowWarning(problem);
            }

            return content;
        }
        catch (AclException unusable)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(unusable, specified));
            throw;
        }
    }

    /// <summary>The journal that was specified, or else that of a connection, or else the environment's.</summary>
    private static string FindPath(PSCmdlet cmdlet, string? specified)
    {
        var known = ConnectionStore.Shared.All.Select(connection => connection.JournalPath).FirstOrDefault(path => !string.IsNullOrEmpty(path));
        return JournalLocation.Resolve(cmdlet, specified ?? known ?? Environment.GetEnvironmentVariable(JournalLocation.Variable)) ?? throw new AclException(
            ErrorKind.JournalFailed,
            "No journal is specified: neither by -JournalPath nor by a connection, nor by ACLADMIN_JOURNAL_PATH.",
            "Specify -JournalPath.");
    }
}
