using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>One server of a script: a real node on a clock and a disk of its own. What it does goes into the script's log.</summary>
internal sealed class ScriptServer
{
    private readonly ClusterConfiguration bootstrap;
    private readonly RaftOptions options;
    private readonly SingleThread thread;
    private readonly ScriptNetwork network;
    private readonly Action<string> log;
    private ScriptObserver? observer;
    private ManualClock clock = new();

    public ScriptServer(NodeId id, ClusterConfiguration bootstrap, RaftOptions options, SingleThread thread, ScriptNetwork network, Action<string> log)
    {
        Id = id;
        this.bootstrap = bootstrap;
        this.options = options;
        this.thread = thread;
        this.network = network;
        this.log = log;
        Start();
    }

    public NodeId Id { get; }

    /// <summary>What the server's election timeouts are drawn from.</summary>
    public ScriptedRandomness Randomness { get; } = new();

    public TestDisk Disk { get; private set; } = new();

    public ScriptStore Store { get; private set; } = new();

    /// <summary>The running node; null while it is down.</summary>
    public RaftNode? Node { get; private set; }

    /// <summary>The entries that the node's log has now, or had when it crashed.</summary>
    public IReadOnlyList<LogEntry> Log => observer?.Log ?? [];

    public async Task<object?> HandleAsync(object request)
    {
        var node = Node;
        try
        {
            object? reply = node is null ? null : request switch
            {
                RequestVoteRequest vote => await node.HandleAsync(vote),
                AppendEntriesRequest append => await node.HandleAsync(append),
                InstallSnapshotRequest chunk => await node.HandleAsync(chunk),
                TimeoutNowRequest timeoutNow => await node.HandleAsync(timeoutNow),
                ReadIndexRequest read => await node.HandleAsync(read),
                _ => throw new ArgumentException($"Nobody handles a {request.GetType().Name}.", nameof(request)),
            };

            // A process that has ended meanwhile answers nobody.
            return node == Node ? reply : null;
        }
        catch (Exception e) when (e is IOException or StorageException)
        {
            Fail(e);
            return null;
        }
    }

    /// <summary>Lets this server's time pass; all that falls due happens at its moment.</summary>
    public void Elapse(TimeSpan duration)
    {
        var end = clock.Now + duration;
        while (thread.Do(() => clock.AdvanceToNext(end)))
        {
        }
    }

    /// <summary>Lets this server's time pass until it stands for election.</summary>
    public void ElapseToElection()
    {
        var before = observer!.Candidacies;
        var limit = clock.Now + (4 * options.ElectionTimeoutMax);
        while (observer.Candidacies == before)
        {
            if (Node is null || clock.Now >= limit || Node.GetStatus().Role == Role.Leader)
            {
                log($"{Id} does not stand for election");
                return;
            }

            Elapse(options.ElectionCheckInterval);
        }
    }

    /// <summary>The process ends, and what was not flushed is lost.</summary>
    public void Crash()
    {
        log($"{Id} crashes");
        Disk = Disk.AfterPowerFailure();
        End();
    }

    private void End()
    {
        var node = Node;
        Node = null;
        observer!.End();
        clock = new ManualClock();
        thread.Do(() =>
        {
            node?.Stop();
            return true;
        });
    }

    public void Start()
    {
        if (Node is not null)
        {
            throw new InvalidOperationException($"{Id} runs already.");
        }

        Store = new ScriptStore();
        var disk = Disk;
        observer = new ScriptObserver(Id, log) { ShowsDurability = () => disk.HoldFlushes };
        var seams = new RaftSeams(clock, Randomness, new ScriptTransport(network, Id), Disk, new ScriptTaskStarter(thread, Fail));
        Node = thread.Do(() => RaftNode.OpenAsync(Id, bootstrap, options, seams, Store, observer)).Now();
        thread.Do(() =>
        {
            Node.Run();
            return true;
        });
    }

    /// <summary>Starts anew from a storage with a term, a vote, and a log of the given terms.</summary>
    public void StartFrom(long term, NodeId? vote, long[] terms)
    {
        End();
        Disk = new TestDisk();
        thread.Do(() => WriteAsync(term, vote, terms)).Now();
        Start();
    }

    private async Task<bool> WriteAsync(long term, NodeId? vote, long[] terms)
    {
        var (storage, _) = await RaftStorage.OpenAsync(Disk, Id, bootstrap);
        storage.AddTermAndVote(new Term(term), vote);
        for (var i = 0; i < terms.Length; i++)
        {
            storage.AddEntry(new LogEntry(new LogIndex(i + 1), new Term(terms[i]), ScriptStore.Append($"{(char)('a' + i)}{terms[i]}")));
        }

        await storage.WriteAsync(storage.TakePending());
        storage.Dispose();
        return true;
    }

    /// <summary>The flushes that were held end, in order, and further ones are not held.</summary>
    public void ReleaseFlushes()
    {
        Disk.HoldFlushes = false;
        while (Disk.HeldFlushes > 0)
        {
            Disk.CompleteFlush(thread);
        }
    }

    /// <summary>The node has stopped by itself, as it must when its disk fails.</summary>
    private void Fail(Exception reason) => log($"{Id} stops: {reason.Message}");
}

/// <summary>Starts activities on the script's thread. One that ends because the disk fails ends its server, not the script.</summary>
internal sealed class ScriptTaskStarter(SingleThread thread, Action<Exception> fail) : ITaskStarter
{
    public void Start(string name, Func<Task> activity)
    {
        // Async void on purpose: any other exception ends up in the pump, and so fails the script.
        async void Run(object? state)
        {
            try
            {
                await activity();
            }
            catch (Exception e) when (e is IOException or StorageException)
            {
                fail(e);
            }
        }

        thread.Post(Run, null);
    }
}
