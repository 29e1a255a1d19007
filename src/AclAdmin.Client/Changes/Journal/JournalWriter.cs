using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// Writes the lines of a run. All pending lines are written together, so that many intents cost one wait for the disk. Safe for many
/// threads.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="buildHead">Builds the line that the file must contain before any other of the run; null where there is none.</param>
public sealed class JournalWriter(JournalFile file, Func<byte[]>? buildHead = null)
{
    private readonly object _gate = new();
    private Batch _next = new();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private JournalHead? _head;

    /// <summary>Why nothing can be written any more; null while it can.</summary>
    public AclException? Failure { get; private set; }

    /// <summary>Writes a line.</summary>
    /// <param name="line">The line, with its end of line.</param>
    /// <param name="change">The change whose intent it is; null for another line.</param>
    /// <param name="cancellationToken">Keeps the line from being written, unless it is handed over already.</param>
    /// <returns>Completes when the line is on the disk. Fails with <see cref="ErrorKind.JournalFailed"/> where it cannot be written.</returns>
    public Task WriteAsync(byte[] line, long? change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Failure is null ? Add(new(line, change, IsIntent: true), toDisk: true) : Task.FromException(Failure);
        }
    }

    /// <summary>Writes a line soon. A failure is reported by <see cref="Failure"/>.</summary>
    /// <param name="line">The line, with its end of line.</param>
    /// <param name="change">The change whose outcome it is; null for another line.</param>
    public void Note(byte[] line, long? change = null)
    {
        lock (_gate)
        {
            if (Failure is null)
            {
                _ = Add(new(line, change, IsIntent: false), toDisk: false);
            }
        }
    }

    /// <summary>Waits until all lines so far are written, or cannot be.</summary>
    public void Flush()
    {
        Task writing;
        lock (_gate)
        {
            writing = _writing;
        }

        writing.GetAwaiter().GetResult();
    }

    private Task<bool> Add(Entry line, bool toDisk)
    {
        _next.Lines.Add(line);
        _next.ToDisk |= toDisk;
        var written = _next.Written.Task;
        if (!_isWriting)
        {
            _isWriting = true;
            _writing = Task.Run(WriteAll);
        }

        return written;
    }

    private void WriteAll()
    {
        while (true)
        {
            Batch batch;
            lock (_gate)
            {
                if (_next.Lines.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                batch = _next;
                _next = new Batch();
            }

            try
            {
                _head ??= buildHead is null ? null : new JournalHead(buildHead());
                file.Append(batch.Lines.ConvertAll(line => line.Bytes), batch.ToDisk, _head);
                KeepOpen(batch.Lines);
                batch.Written.SetResult(true);
            }
            catch (AclException failure)
            {
                Fail(batch, failure);
            }
            catch (Exception defect)
            {
                Fail(batch, AclException.FromDefect(defect));
            }
        }
    }

    private void KeepOpen(List<Entry> lines)
    {
        foreach (var line in lines)
        {
            if (_head is not null && line.Change is { } change)
            {
                if (line.IsIntent)
                {
                    _head.Open(change, line.Bytes);
                }
                else
                {
                    _head.Close(change);
                }
            }
        }
    }

    private void Fail(Batch batch, AclException failure)
    {
        Batch rest;
        lock (_gate)
        {
            Failure ??= failure;
            rest = _next;
            _next = new Batch();
        }

        // A batch of outcomes may have no waiter: its failure must not count as unobserved.
        foreach (var lost in new[] { batch, rest })
        {
            lost.Written.SetException(failure);
            _ = lost.Written.Task.Exception;
        }
    }

    private sealed record Entry(byte[] Bytes, long? Change, bool IsIntent);

    private sealed class Batch
    {
        public List<Entry> Lines { get; } = [];

        public bool ToDisk { get; set; }

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
