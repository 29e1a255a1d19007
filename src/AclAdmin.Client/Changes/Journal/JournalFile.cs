using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// A journal's file: lines are only ever added, by one writer at a time, whichever process it runs in. The file is open only while it is written.
/// </summary>
public sealed class JournalFile
{
    private const byte NewLine = (byte)'\n';

    /// <summary>A reader lets go of the file after each piece, so that writers need not wait for it.</summary>
    private const int PieceBytes = 4 * 1024 * 1024;

    /// <summary>How much of a file shows whether it is a journal: whole lines of one stand among damaged ones.</summary>
    private const int StartBytes = 64 * 1024;

    /// <summary>The shortest beginning of a line that a dying process leaves.</summary>
    private const string TornLine = "{\"v\":1,";

    private static readonly Regex AnyLine = new("""(^|\n)[\uFEFF\0 ]*\{\s*"v"\s*:\s*-?\d+\s*,""", RegexOptions.CultureInvariant);

    /// <summary>How long another process may hold the file.</summary>
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);

    /// <summary>The runspaces of a process wait for each other here and not at the file, where waiting means retrying.</summary>
    private static readonly ConcurrentDictionary<string, object> Gates = new(StringComparer.Ordinal);

    private readonly Func<Stream, Stream> _wrap;

    /// <summary>Names a file. Nothing is opened yet.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="wrap">Wraps the stream of the file, as tests do; null for no wrapper.</param>
    public JournalFile(string path, Func<Stream, Stream>? wrap = null)
    {
        Path = path;
        _wrap = wrap ?? (stream => stream);
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Adds lines: all of them, or none.</summary>
    /// <param name="lines">The lines, each with its end of line.</param>
    /// <param name="toDisk">Whether they must be on the disk on return, and not only with the system.</param>
    /// <param name="head">What the file must contain before them, and is written where it does not; null where nothing is required.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: they could not be added.</exception>
    internal void Append(IReadOnlyList<byte[]> lines, bool toDisk, JournalHead? head = null)
    {
        lock (Gates.GetOrAdd(Path, _ => new object()))
        {
            Guard("written", () =>
            {
                using var file = OpenLocked(FileAccess.ReadWrite);
                var start = file.Length;
                var isKnown = head?.IsIn(file) == true;
                if (!isKnown)
                {
                    CheckContent(file);
                }

                var isTorn = EndsTorn(file);
                try
                {
                    var batch = Join(isKnown || head is null ? lines : head.Lines.Concat(lines), isTorn);
                    file.Position = start;
                    var target = _wrap(file);
                    target.Write(batch, 0, batch.Length);
                    target.Flush();
                    file.Flush(toDisk);
                    if (!isKnown)
                    {
                        head?.SetPosition(isTorn ? start + 1 : start);
                    }
                }
                catch (Exception)
                {
                    // Part of the lines, where they do not all fit, would be read as changes that were about to be sent. .NET reports a file that reached
                    // its limit as a bad argument, and a full disk as a failure of input and output.
                    TryCut(file, start);
                    throw;
                }

                return true;
            });
        }
    }

    /// <summary>Reads the file from an offset on, in pieces.</summary>
    /// <param name="offset">The offset, in bytes.</param>
    /// <param name="cancellationToken">Ends the reading at the next piece.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: it cannot be read.</exception>
    public IEnumerable<byte[]> Read(long offset, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var piece = Guard("read", () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var file = OpenLocked(FileAccess.Read);
                if (offset == 0)
                {
                    CheckContent(file);
                }

                return Read(file, offset, PieceBytes);
            });
            if (piece.Length == 0)
            {
                yield break;
            }

            offset += piece.Length;
            yield return piece;
        }
    }

    /// <summary>Checks that a file which is not empty has a line of a journal at its beginning.</summary>
    private static void CheckContent(FileStream file)
    {
        file.Position = 0;
        var bytes = new byte[Math.Min(StartBytes, file.Length)];
        var count = file.Read(bytes, 0, bytes.Length);
        if (count > 1 && ((bytes[0] ^ bytes[1]) == 1 && Math.Max(bytes[0], bytes[1]) == 0xFF || (bytes[0] == 0) != (bytes[1] == 0)))
        {
            throw new IOException("it is in UTF-16, which > of Windows PowerShell writes, and a journal is in UTF-8");
        }

        var text = Encoding.UTF8.GetString(bytes, 0, count);
        if (text.Trim('\uFEFF', '\r', '\n', ' ', '\0') is { Length: > 0 } start && !AnyLine.IsMatch(text) && !TornLine.StartsWith(start, StringComparison.Ordinal))
        {
            throw new IOException("it is not a journal, and was left as it is");
        }
    }

    /// <summary>Reads a part of the file.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: it cannot be read.</exception>
    internal byte[] Read(long offset, int count) => Guard("read", () =>
    {
        using var file = OpenLocked(FileAccess.Read);
        return Read(file, offset, count);
    });

    private static byte[] Read(FileStream file, long offset, int count)
    {
        file.Position = Math.Min(offset, file.Length);
        var bytes = new byte[Math.Min(count, file.Length - file.Position)];
        var read = 0;
        while (read < bytes.Length && file.Read(bytes, read, bytes.Length - read) is var more and > 0)
        {
            read += more;
        }

        Array.Resize(ref bytes, read);
        return bytes;
    }

    private static byte[] Join(IEnumerable<byte[]> lines, bool afterTorn)
    {
        using var joined = new MemoryStream();
        if (afterTorn)
        {
            // A process died in the middle of its line: that line stays separate, and a reader recognises it.
            joined.WriteByte(NewLine);
        }

        foreach (var line in lines)
        {
            joined.Write(line, 0, line.Length);
        }

        return joined.ToArray();
    }

    private static bool EndsTorn(FileStream file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Position = file.Length - 1;
        return file.ReadByte() != NewLine;
    }

    private static void TryCut(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // What was written in part stays, as a torn line.
        }
    }

    /// <summary>Opens the file when no other process has it open; creates it, readable by its owner alone, where it does not exist.</summary>
    private FileStream OpenLocked(FileAccess access)
    {
        var waited = Stopwatch.StartNew();
        for (var pause = 1; ; pause = Math.Min(2 * pause, 50))
        {
            try
            {
                return !RegularFile.Check(Path) && access == FileAccess.ReadWrite
                    ? OwnerOnlyFile.Create(Path)
                    : new FileStream(Path, FileMode.Open, access, access == FileAccess.Read ? FileShare.Read : OwnerOnlyFile.WriterShare, OwnerOnlyFile.NoBuffer);
            }
            catch (IOException busy) when (IsBusy(busy))
            {
                if (waited.Elapsed > LockPatience)
                {
                    throw new IOException(FormattableString.Invariant($"another program has kept it locked for {LockPatience.TotalSeconds:0} seconds"), busy);
                }

                Thread.Sleep(pause);
            }
        }
    }

    /// <summary>Another process has it open, or has just created it. Windows numbers such errors in its own way, Linux and macOS each in theirs.</summary>
    private static bool IsBusy(IOException error) => error is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException)
        && (error.HResult is 11 or 35 or 17 || (error.HResult & 0xFFFF) is 32 or 33 or 80);

    private T Guard<T>(string what, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception failure) when (OwnerOnlyFile.IsFailure(failure))
        {
            throw new AclException(
                ErrorKind.JournalFailed,
                $"The journal {DisplayText.Of(Path)} could not be {what}: {failure.Message.TrimEnd('.')}.",
                "Make room, correct the path or its permissions, or specify another file with -JournalPath; -JournalPath '' keeps no journal.",
                failure);
        }
    }
}
