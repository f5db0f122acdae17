using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>Writes what one process of a server does into the script's log, until the process ends.</summary>
internal sealed class ScriptObserver(NodeId id, Action<string> log) : IRaftObserver
{
    private bool isOver;

    /// <summary>The entries that the node's log has now.</summary>
    public List<LogEntry> Log { get; } = [];

    /// <summary>How often the node has stood for election.</summary>
    public int Candidacies { get; private set; }

    /// <summary>Whether it is worth a line that something is on the disk: only if the script makes the disk wait.</summary>
    public Func<bool> ShowsDurability { get; init; } = () => false;

    /// <summary>The process has ended: what its remains still do is nobody's business.</summary>
    public void End() => isOver = true;

    /// <summary>RoleChanged becomes role-changed.</summary>
    public static string Words(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));

    void IRaftObserver.Recovered(RecoveredState state)
    {
        Log.AddRange(state.Log);
        Write($"starts with term={state.CurrentTerm} vote={state.VotedFor?.ToString() ?? "none"}{(state.Snapshot is { } s ? $" snapshot={s.LastIncludedIndex}/{s.LastIncludedTerm}" : "")} last={state.BaseIndex + state.Log.Count}");
    }

    void IRaftObserver.RoleChanged(Role role, Term term)
    {
        Candidacies += role is Role.PreCandidate or Role.Candidate ? 1 : 0;
        Write($"{Words(role.ToString())} term={term}");
    }

    void IRaftObserver.ElectionEvent(ElectionEvent reason, Term term) => Write($"{Words(reason.ToString())} term={term}");

    void IRaftObserver.Appended(LogEntry entry)
    {
        Log.Add(entry);
        Write($"append {MessageText.Describe(entry)}");
    }

    void IRaftObserver.Truncated(LogIndex from)
    {
        Log.RemoveAll(entry => entry.Index >= from);
        Write($"truncate from {from}");
    }

    void IRaftObserver.Persisted(LogIndex durableLastIndex)
    {
        if (ShowsDurability())
        {
            Write($"durable up to {durableLastIndex}");
        }
    }

    void IRaftObserver.Committed(LogIndex commitIndex) => Write($"commit {commitIndex}");

    void IRaftObserver.Applied(LogEntry entry, ApplyOutcome outcome)
    {
        if (outcome is not (ApplyOutcome.Executed or ApplyOutcome.Internal))
        {
            Write($"does not execute {MessageText.Describe(entry)}: {Words(outcome.ToString())}");
        }
    }

    void IRaftObserver.ConfigurationChanged(ClusterConfiguration configuration, LogIndex index) => Write($"configuration {configuration}");

    void IRaftObserver.SnapshotTaken(SnapshotMetadata snapshot) => Write($"snapshot {snapshot.LastIncludedIndex}/{snapshot.LastIncludedTerm}");

    void IRaftObserver.Compacted(LogIndex upTo)
    {
        Log.RemoveAll(entry => entry.Index <= upTo);
        Write($"compact to {upTo}");
    }

    void IRaftObserver.SnapshotChunk(SnapshotMetadata snapshot, ChunkOutcome outcome)
    {
        if (outcome != ChunkOutcome.Taken)
        {
            Write($"does not take the chunk: {Words(outcome.ToString())}");
        }
    }

    void IRaftObserver.SnapshotInstalled(SnapshotMetadata snapshot, bool logKept)
    {
        Log.RemoveAll(entry => !logKept || entry.Index <= snapshot.LastIncludedIndex);
        Write($"install {snapshot.LastIncludedIndex}/{snapshot.LastIncludedTerm} {(logKept ? "and keep the log behind it" : "and discard the log")}");
    }

    void IRaftObserver.StateRestored(SnapshotMetadata snapshot) => Write($"restore {snapshot.LastIncludedIndex}");

    void IRaftObserver.LeadershipTransfer(NodeId target, TransferEvent transfer) => Write($"transfer to {target} {Words(transfer.ToString())}");

    void IRaftObserver.ReadConfirmed(ReadKind kind, LogIndex readIndex) => Write($"read by {Words(kind.ToString())} at {readIndex}");

    void IRaftObserver.SessionExpired(long clientId, LogIndex at) => Write($"session {clientId} expires");

    void IRaftObserver.Overloaded() => Write("overloaded");

    private void Write(string what)
    {
        if (!isOver)
        {
            log($"{id} {what}");
        }
    }
}
