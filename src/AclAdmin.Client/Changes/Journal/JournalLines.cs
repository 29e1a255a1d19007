using System.Collections.Generic;
using System.Text;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// Reads single lines of a journal again: bodies and items stay in the file until they are needed, as a journal may be larger than the memory. The
/// lines that were read last are kept. Safe for many threads.
/// </summary>
/// <param name="path">The journal's full path.</param>
internal sealed class JournalLines(string path)
{
    /// <summary>The bytes of the lines that are kept.</summary>
    private const int KeptBytes = 1024 * 1024;

    private readonly JournalFile _file = new(path);
    private readonly Dictionary<long, JObject> _kept = [];
    private int _bytes;

    /// <summary>The journal's full path.</summary>
    public string Path => path;

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
