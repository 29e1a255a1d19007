using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests;

/// <summary>Allow policies in a sandbox, and runs that change them in batches. A batch waits for more until it is whole or somebody waits for it.</summary>
internal sealed class BatchStage : IAsyncDisposable
{
    public const string Segment = "allow_policies";

    private readonly Stage _stage;
    private readonly ApiConnection _connection;

    private BatchStage(Stage stage)
    {
        _stage = stage;
        Clock = new GatheringClock(stage.Clock);
        _connection = Connections.ToCloudflare(stage.Sandbox.CloudflareUri, Clock);
        Client = EmailAllowPolicy.Definition.OpenClient(_connection, SandboxDefaults.AccountId);
    }

    public GatheringClock Clock { get; }

    public IResourceClient<EmailAllowPolicy> Client { get; }

    public RecordingObserver Observer => _stage.Observer;

    public IReadOnlyList<LoggedRequest> Requests => _stage.Requests;

    public IEnumerable<string> Sent => Requests.Select(request => $"{request.Method} {request.Path[(request.Path.IndexOf(Segment, StringComparison.Ordinal) + Segment.Length)..]}");

    public OrderedStore<Sandbox.Cloudflare.SettingsItem> Items => _stage.State.Items(Segment);

    public static async Task<BatchStage> StartAsync(int items = 20) => new(await Stage.StartAsync(options => options with { Items = items }));

    public void Fault(string kind, int times = 1) => _stage.Fault(new FaultRule { Kind = kind, Times = times, Match = new FaultMatch { Method = "POST", PathContains = "/batch" }, Status = kind == FaultKinds.Status ? 503 : null });

    public void Refuse(int status) => _stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = status, Match = new FaultMatch { PathContains = Segment } });

    public Change<EmailAllowPolicy> Comment(int index, string comments) => Update(SandboxIds.Item(Segment, index), index, ("comments", comments));

    public Change<EmailAllowPolicy> Update(string id, int row, params (string Name, JToken? Value)[] fields) => new(new ChangeRow($"row {row}", row))
    {
        Action = ChangeAction.Update,
        Client = Client,
        Id = id,
        Key = id,
        Patch = Patch.Of(EmailAllowPolicy.Descriptor, fields),
    };

    public Change<EmailAllowPolicy> Remove(int index) => new(new ChangeRow($"row {index}", index))
    {
        Action = ChangeAction.Delete,
        Client = Client,
        Id = SandboxIds.Item(Segment, index),
        Key = SandboxIds.Item(Segment, index),
    };

    public Change<EmailAllowPolicy> Create(int row, ExistingItems<EmailAllowPolicy>? existing, string? pattern = null)
    {
        var body = Patch.Of(EmailAllowPolicy.Descriptor, ("pattern", pattern ?? $"new{row}@example.org"), ("pattern_type", "EMAIL")).WithCreateDefaults(EmailAllowPolicy.Descriptor);
        return new(new ChangeRow($"row {row}", row))
        {
            Action = ChangeAction.Create,
            Client = Client,
            Patch = body,
            Existing = existing,
            IfExists = IfExists.Skip,
            Key = "new " + (string?)body["pattern"],
        };
    }

    /// <summary>What a run knows that has read the list. Its requests are not counted.</summary>
    public async Task<ExistingItems<EmailAllowPolicy>> ReadAsync()
    {
        var items = await Snapshot.ReadAsync(Client, SilentObserver.Instance, Stage.Cancel);
        _stage.State.Log.Clear();
        return new(EmailAllowPolicy.Descriptor, items.Values);
    }

    public ChangeRunner<EmailAllowPolicy> Start(int batchSize = 1000, int window = 4, bool stopsAtError = false, RunJournal? journal = null, CancellationToken? cancel = null) =>
        new(window, Observer, stopsAtError, cancel ?? Stage.Cancel, journal, batchSize);

    public List<ChangeOutcome<EmailAllowPolicy>> Run(IEnumerable<Change<EmailAllowPolicy>> changes, int batchSize = 1000, int window = 4, RunJournal? journal = null)
    {
        using var runner = Start(batchSize, window, journal: journal);
        var outcomes = new List<ChangeOutcome<EmailAllowPolicy>>();
        foreach (var change in changes)
        {
            runner.Post(change);
            while (!runner.HasRoom)
            {
                while (runner.TryDequeue(out var outcome))
                {
                    outcomes.Add(outcome!);
                }

                runner.WaitFor(Awaited.Room, TimeSpan.FromSeconds(60));
            }
        }

        outcomes.AddRange(Outcomes.DequeueAll(runner));
        return outcomes;
    }

    /// <summary>Carries out changes as one run with a journal.</summary>
    public List<ChangeOutcome<EmailAllowPolicy>> RunJournalled(string path, IEnumerable<Change<EmailAllowPolicy>> changes, string? endedBy = "Completed")
    {
        var run = new JournalRun(new JournalFile(path), _connection, new JournalRunInfo("1.2.3", "Set-EmailAllowPolicy", "Set-EmailAllowPolicy", null));
        var outcomes = Run(changes, journal: new RunJournal(run));
        run.End(endedBy!);
        return outcomes;
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _stage.DisposeAsync();
    }

    /// <summary>Time in which a batch gathers until it is let go; everything else that waits ends at once.</summary>
    internal sealed class GatheringClock(ManualClock inner) : IClock
    {
        private TaskCompletionSource _passed = NewWait();
        private int _waits;

        public TimeSpan Elapsed => inner.Elapsed;

        public DateTimeOffset UtcNow => inner.UtcNow;

        /// <summary>How often a batch has begun to wait for half a second.</summary>
        public int Waits => Volatile.Read(ref _waits);

        public void LetHalfASecondPass() => Interlocked.Exchange(ref _passed, NewWait()).SetResult();

        public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            if (duration != TimeSpan.FromSeconds(0.5))
            {
                return inner.DelayAsync(duration, cancellationToken);
            }

            var passed = Volatile.Read(ref _passed).Task.WaitAsync(cancellationToken);
            Interlocked.Increment(ref _waits);
            return passed;
        }

        private static TaskCompletionSource NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
