using System;
using System.Linq;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Connections;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that reads a journal.</summary>
public abstract class JournalCommand : AclCommand
{
    /// <summary>Reads a journal, and warns of what is wrong with it. Ends the pipeline where there is none.</summary>
    /// <param name="specified">The path that was specified; null where none was.</param>
    private protected JournalContent ReadJournal(string? specified)
    {
        try
        {
            var path = FindPath(specified);
            var content = JournalReader.Read(path);
            foreach (var problem in content.Problems)
            {
                WriteWarning(problem);
            }

            return content;
        }
        catch (AclException unusable)
        {
            ThrowTerminatingError(ErrorRecords.From(unusable, specified));
            throw;
        }
    }

    /// <summary>The journal that was specified, or else that of a connection, or else the environment's.</summary>
    private string FindPath(string? specified)
    {
        var known = ConnectionStore.Shared.All.Select(connection => connection.JournalPath).FirstOrDefault(path => !string.IsNullOrEmpty(path));
        if (JournalLocation.Resolve(this, specified ?? known ?? Environment.GetEnvironmentVariable(JournalLocation.Variable)) is { } path)
        {
            return path;
        }

        throw new AclException(
            ErrorKind.JournalFailed,
            "No journal is specified: neither by -JournalPath nor by a connection, nor by ACLADMIN_JOURNAL_PATH.",
            "Specify -JournalPath.");
    }
}
