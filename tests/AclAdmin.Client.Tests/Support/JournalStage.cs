using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests;

/// <summary>A folder of its own, and runs that write to a journal in it.</summary>
internal sealed class JournalStage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acladmin-journal-");

    private JournalStage(Stage stage)
    {
        Stage = stage;
        FilePath = Path.Combine(_folder.FullName, "changes.jsonl");
    }

    public Stage Stage { get; }

    public string FilePath { get; }

    public string[] Lines => File.ReadAllLines(FilePath);

    public JournalContent Content => JournalReader.Read(FilePath);

    public IReadOnlyList<AclChange> Changes => Content.Changes;

    public static async Task<JournalStage> StartAsync() => new(await Stage.StartAsync());

    /// <summary>Carries out changes as one run, which reads first what the journal holds.</summary>
    public List<ChangeOutcome<T>> Run<T>(IEnumerable<Change<T>> changes, Func<Stream, Stream>? wrap = null, int window = 4, string? endedBy = "Completed")
        where T : ApiResource
    {
        var connection = typeof(T) == typeof(ImpersonationRegistryEntry) ? Stage.Cloudflare : Stage.CarrierX;
        var earlier = File.Exists(FilePath) ? EarlierChanges.Read(FilePath, connection, Stage.Cancel) : null;
        var run = new JournalRun(new JournalFile(FilePath, wrap), connection, new JournalRunInfo("1.2.3", "Test-Command", "Test-Command -Name 'x'", null));
        using var runner = new ChangeRunner<T>(window, Stage.Observer, stopsAtError: false, Stage.Cancel, new RunJournal(run, earlier));
        foreach (var change in changes)
        {
            runner.Post(change);
        }

        var outcomes = Outcomes.DequeueAll(runner);
        if (endedBy is not null)
        {
            run.End(endedBy);
        }

        return outcomes;
    }

    public Change<ImpersonationRegistryEntry> Entry(ChangeAction action, int index, params (string Name, JToken? Value)[] fields)
    {
        var id = action == ChangeAction.Create ? "" : SandboxIds.Entry(index);
        return new Change<ImpersonationRegistryEntry>(new ChangeRow(index, index))
        {
            Action = action,
            Client = Stage.Registry,
            Id = id,
            Key = id,
            Patch = Patch.Entry(fields),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Stage.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A disk that is full after so many bytes.</summary>
internal sealed class FullDisk(Stream inner, long room) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => inner.Length;

    public override long Position { get => inner.Position; set => inner.Position = value; }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count)
    {
        var fits = (int)Math.Clamp(room - inner.Position, 0, count);
        inner.Write(buffer, offset, fits);
        if (fits < count)
        {
            throw new IOException("No space left on device");
        }
    }
}
