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
public sealed class JournalWriter(JournalFile file)
{
    private readonly object _gate = new();
    private Batch _next = new();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;

    /// <summary>Why nothing can be written any more; null while it can.</summary>
    public AclException? Failure { get; private set; }

    /// <summary>Writes lines.</summary>
    /// <param name="lines">The lines, each with its end of line.</param>
    /// <param name="cancellationToken">Keeps lines from being written, except those that are handed over already.</param>
    /// <returns>Completes when the lines are on the disk. Fails with <see cref="ErrorKind.JournalFailed"/> where they cannot be written.</returns>
    public Task WriteAsync(IReadOnlyList<byte[]> lines, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Failure is null ? Add(lines, toDisk: true) : Task.FromException(Failure);
        }
    }

    /// <summary>Writes a line soon. A failure is reported by <see cref="Failure"/>.</summary>
    public void Note(byte[] line)
    {
        lock (_gate)
        {
            if (Failure is null)
            {
                _ = Add([line], toDisk: false);
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

    private Task<bool> Add(IReadOnlyList<byte[]> lines, bool toDisk)
    {
        _next.Lines.AddRange(lines);
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
                file.Append(batch.Lines, batch.ToDisk);
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

    private sealed class Batch
    {
        public List<byte[]> Lines { get; } = [];

        public bool ToDisk { get; set; }

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
