using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>One server of a script: a real node on a clock and a disk of its own. What it does goes into the script's log.</summary>
internal sealed class ScriptServer : IRaftObserver
{
    private readonly NodeId id;
    private readonly SingleThread thread;
    private readonly Action<string> log;
    private readonly RaftOptions options;
    private readonly Func<IFileSystem, Task<RaftNode>> open;

    public ScriptServer(NodeId id, ClusterConfiguration bootstrap, RaftOptions options, SingleThread thread, ScriptNetwork network, Action<string> log)
    {
        this.id = id;
        this.thread = thread;
        this.log = log;
        this.options = options;
        open = files => RaftNode.OpenAsync(
            id,
            bootstrap,
            options,
            new RaftSeams(Clock, new ScriptedRandomness(), new ScriptTransport(network, id), files, new RecordingTaskStarter(thread)),
            Store = new KeyValueStateMachine(),
            this);
        Start();
    }

    public ManualClock Clock { get; private set; } = new();

    public TestDisk Disk { get; private set; } = new();

    public KeyValueStateMachine Store { get; private set; } = new();

    /// <summary>The running node; null while it is down.</summary>
    public RaftNode? Node { get; private set; }

    /// <summary>The entries that the node's log has now, as its observer was told.</summary>
    public List<LogEntry> Log { get; } = [];

    public async Task<object?> HandleAsync(object request) => Node is not { } node ? null : request switch
    {
        RequestVoteRequest vote => await node.HandleAsync(vote),
        AppendEntriesRequest append => await node.HandleAsync(append),
        _ => null,
    };

    /// <summary>Lets this server's time pass; all that falls due happens at its moment.</summary>
    public void Elapse(TimeSpan duration)
    {
        var end = Clock.Now + duration;
        while (thread.Do(() => Clock.AdvanceToNext(end)))
        {
        }
    }

    /// <summary>Lets this server's time pass until it stands for election.</summary>
    public void ElapseToElection()
    {
        var before = Node!.GetStatus();
        for (var i = 0; i < 1_000; i++)
        {
            Elapse(options.ElectionCheckInterval);
            var now = Node.GetStatus();
            if (now.CurrentTerm > before.CurrentTerm || (now.Role != before.Role && now.Role is Role.Candidate or Role.PreCandidate or Role.Leader))
            {
                return;
            }
        }

        log($"{id} does not stand for election");
    }

    /// <summary>The process ends, and what was not flushed is lost.</summary>
    public void Crash()
    {
        Node = null;
        Clock = new ManualClock();
        Disk = Disk.AfterPowerFailure();
        log($"{id} crashes");
    }

    public void Start()
    {
        Log.Clear();
        Node = thread.Do(() => open(Disk)).Now();
        thread.Do(() =>
        {
            Node.Run();
            return true;
        });
    }

    void IRaftObserver.Recovered(RecoveredState state)
    {
        Log.AddRange(state.Log);
        log($"{id} starts with term={state.CurrentTerm} vote={state.VotedFor?.ToString() ?? "none"}{(state.Snapshot is { } s ? $" snapshot={s.LastIncludedIndex}/{s.LastIncludedTerm}" : "")} last={state.BaseIndex + state.Log.Count}");
    }

    void IRaftObserver.RoleChanged(Role role, Term term) => log($"{id} {NameOf(role)} term={term}");

    void IRaftObserver.ElectionEvent(ElectionEvent reason, Term term) => log($"{id} {Words(reason.ToString())} term={term}");

    void IRaftObserver.Appended(LogEntry entry)
    {
        Log.Add(entry);
        log($"{id} append {MessageText.Describe(entry)}");
    }

    void IRaftObserver.Truncated(LogIndex from)
    {
        Log.RemoveAll(entry => entry.Index >= from);
        log($"{id} truncate from {from}");
    }

    void IRaftObserver.Committed(LogIndex commitIndex) => log($"{id} commit {commitIndex}");

    void IRaftObserver.ConfigurationChanged(ClusterConfiguration configuration, LogIndex index) => log($"{id} configuration {configuration}");

    void IRaftObserver.SnapshotTaken(SnapshotMetadata snapshot) => log($"{id} snapshot {snapshot.LastIncludedIndex}/{snapshot.LastIncludedTerm}");

    void IRaftObserver.Compacted(LogIndex upTo)
    {
        Log.RemoveAll(entry => entry.Index <= upTo);
        log($"{id} compact to {upTo}");
    }

    void IRaftObserver.SnapshotInstalled(SnapshotMetadata snapshot, bool logKept)
    {
        Log.RemoveAll(entry => !logKept || entry.Index <= snapshot.LastIncludedIndex);
        log($"{id} install {snapshot.LastIncludedIndex}/{snapshot.LastIncludedTerm} {(logKept ? "and keep the log behind it" : "and discard the log")}");
    }

    void IRaftObserver.StateRestored(SnapshotMetadata snapshot) => log($"{id} restore {snapshot.LastIncludedIndex}");

    void IRaftObserver.LeadershipTransfer(NodeId target, TransferEvent transfer) => log($"{id} transfer to {target} {Words(transfer.ToString())}");

    void IRaftObserver.ReadConfirmed(ReadKind kind, LogIndex readIndex) => log($"{id} read by {Words(kind.ToString())} at {readIndex}");

    private static string NameOf(Role role) => Words(role.ToString());

    private static string Words(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
