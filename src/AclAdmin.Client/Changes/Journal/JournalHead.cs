using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// What a file must contain for the lines of a run to be usable: the run's head, and the intents whose outcomes are still to come. Where the file no
/// longer has the head, as it was moved, deleted, cut or replaced in mid-run, both are written again.
/// </summary>
/// <param name="line">The head.</param>
internal sealed class JournalHead(byte[] line)
{
    private readonly SortedDictionary<long, byte[]> _open = [];
    private long? _position;

    /// <summary>The lines to repeat.</summary>
    public IEnumerable<byte[]> Lines => new[] { line }.Concat(_open.Values);

    /// <summary>Whether a file contains the head where it was written.</summary>
    public bool IsIn(FileStream file)
    {
        if (_position is not { } position || file.Length < position + line.Length)
        {
            return false;
        }

        file.Position = position;
        var present = new byte[line.Length];
        var read = 0;
        while (read < present.Length && file.Read(present, read, present.Length - read) is var count and > 0)
        {
            read += count;
        }

        return present.SequenceEqual(line);
    }

    /// <summary>Records where the head was written.</summary>
    public void SetPosition(long position) => _position = position;

    /// <summary>Records that an intent was written.</summary>
    public void Open(long change, byte[] intent) => _open[change] = intent;

    /// <summary>Records that the outcome of an intent was written.</summary>
    public void Close(long change) => _open.Remove(change);
}
