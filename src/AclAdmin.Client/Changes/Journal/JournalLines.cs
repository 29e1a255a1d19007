using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// Reads single lines of a journal again: bodies and items stay in the file until they are needed, as a journal may be larger than the memory. The
/// lines that were read last are kept. Safe for many threads.
/// </summary>
/// <param name="path">The journal's full path.</param>
internal sealed class JournalLines(string path)
{
    /// <summary>A line is not read further than this: an item is far smaller.</summary>
    private const int MaxLineBytes = 64 * 1024 * 1024;

    /// <summary>The bytes of the lines that are kept.</summary>
    private const int KeptBytes = 1024 * 1024;

    private readonly JournalFile _file = new(path);
    private readonly Dictionary<long, JObject> _kept = [];
    private int _bytes;

    /// <summary>The journal's full path.</summary>
    public string Path => path;

    /// <summary>Reads all lines, one after the other, into the same buffer.</summary>
    /// <param name="path">The journal's full path.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Each line, where it ends, and whether it has an end of line.</returns>
    public static IEnumerable<(MemoryStream Bytes, long End, bool IsWhole)> ReadAll(string path, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        var pieceStart = 0L;
        foreach (var piece in new JournalFile(path).Read(offset: 0, cancellationToken))
        {
            var start = 0;
            for (var end = Array.IndexOf(piece, (byte)'\n'); end >= 0; end = Array.IndexOf(piece, (byte)'\n', start))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Collect(line, piece, start, end);
                yield return (line, pieceStart + end, true);
                line.SetLength(0);
                start = end + 1;
            }

            Collect(line, piece, start, piece.Length);
            pieceStart += piece.Length;
        }

        if (line.Length > 0)
        {
            yield return (line, pieceStart, false);
        }
    }

    /// <summary>Adds a part of a line; what is beyond the limit is left out, so that the line counts as damaged.</summary>
    private static void Collect(MemoryStream line, byte[] piece, int start, int end)
    {
        if (line.Length < MaxLineBytes)
        {
            line.Write(piece, start, end - start);
        }
    }

    /// <summary>Reads a line.</summary>
    /// <param name="place">Its place in the file.</param>
    /// <param name="change">The change that it is about.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: the file cannot be read, or was changed since.</exception>
    public JObject Read(LinePlace place, AclChange change)
    {
        lock (_kept)
        {
            if (_kept.TryGetValue(place.Offset, out var known))
            {
                return known;
            }

            var line = LineReader.Parse(Encoding.UTF8.GetString(_file.Read(place.Offset, place.Length)).Trim('\uFEFF', '\r', ' ', '\0'));
            if (line?.Text(JournalSchema.Run) != change.RunId || line.Number(JournalSchema.Change) != change.Number)
            {
                throw new AclException(
                    ErrorKind.JournalFailed, $"The journal {DisplayText.Of(path)} was moved or changed after it was read.", "Read the changes again, from the file that contains them now.");
            }

            if (_bytes > KeptBytes)
            {
                _kept.Clear();
                _bytes = 0;
            }

            _bytes += place.Length;
            return _kept[place.Offset] = line;
        }
    }
}

/// <summary>Where a line is in a journal, in bytes.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its length without the end of line; 0 where there is no line.</param>
internal readonly record struct LinePlace(long Offset, int Length);
