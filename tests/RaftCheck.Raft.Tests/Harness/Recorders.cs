using RaftCheck.Raft.Seams;
using RaftCheck.Raft.Snapshots;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>Draws the shortest timeout, unless the test says otherwise.</summary>
internal sealed class ScriptedRandomness : IRandomness
{
    /// <summary>What is drawn from now on; null for the shortest.</summary>
    public TimeSpan? Drawn { get; set; }

    /// <summary>Every range that was drawn from.</summary>
    public List<(TimeSpan Shortest, TimeSpan Longest)> Draws { get; } = [];

    public TimeSpan NextDuration(TimeSpan shortest, TimeSpan longest)
    {
        Draws.Add((shortest, longest));
        return Drawn ?? shortest;
    }
}

/// <summary>Starts activities on the test's thread, and remembers their names.</summary>
internal sealed class RecordingTaskStarter(SingleThread thread) : ITaskStarter
{
    public List<string> Started { get; } = [];

    public List<string> Ended { get; } = [];

    public void Start(string name, Func<Task> activity)
    {
        Started.Add(name);

        // Async void on purpose: an exception that escapes an activity ends up in the pump, and so fails the test.
        async void Run(object? state)
        {
            await activity();
            Ended.Add(name);
        }

        thread.Post(Run, null);
    }
}

/// <summary>Remembers what was applied. <see cref="Apply"/> may take its time.</summary>
internal sealed class RecordingStateMachine : IStateMachine
{
    public List<LogEntry> Applied { get; } = [];

    /// <summary>Runs for each entry after it was noted; its task is the state machine's own.</summary>
    public Func<LogEntry, Task>? Apply { get; set; }

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogEntry entry)
    {
        Applied.Add(entry);
        if (Apply is not null)
        {
            await Apply(entry);
        }

        return entry.Command;
    }

    /// <summary>How often it was set back to a snapshot.</summary>
    public int Restores { get; private set; }

    /// <summary>Runs when a snapshot is about to be written; its task delays that.</summary>
    public Func<Task>? WriteSnapshot { get; set; }

    /// <summary>Runs when a snapshot is about to be restored; its task delays that.</summary>
    public Func<Task>? Restore { get; set; }

    public IStateSnapshot TakeSnapshot() => new Snapshot(this, [.. Applied]);

    public async Task RestoreAsync(IByteSource source)
    {
        if (Restore is not null)
        {
            await Restore();
        }

        Applied.Clear();
        var reader = new ByteSourceReader(source);
        while (!await reader.IsAtEndAsync())
        {
            await reader.EnsureAsync(2 * sizeof(long));
            var (index, term) = (new LogIndex(reader.ReadInt64()), new Term(reader.ReadInt64()));
            await reader.EnsureAsync(sizeof(int));
            Applied.Add(new LogEntry(index, term, await reader.ReadBytesAsync(reader.ReadInt32())));
        }

        Restores++;
    }

    /// <summary>The snapshot is the list of what was applied.</summary>
    private sealed class Snapshot(RecordingStateMachine machine, IReadOnlyList<LogEntry> applied) : IStateSnapshot
    {
        public async Task WriteToAsync(IByteSink sink)
        {
            if (machine.WriteSnapshot is not null)
            {
                await machine.WriteSnapshot();
            }

            var writer = new ByteSinkWriter(sink);
            foreach (var entry in applied)
            {
                writer.WriteInt64(entry.Index.Value);
                writer.WriteInt64(entry.Term.Value);
                writer.WriteInt32(entry.Command.Length);
                writer.WriteBytes(entry.Command.Span);
                await writer.DrainAsync();
            }

            await writer.FlushAsync();
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>Keeps a copy of the node's log, which the node itself does not show, and what was said of snapshots.</summary>
internal sealed class LogObserver : IRaftObserver
{
    /// <summary>The entries behind the base.</summary>
    public List<LogEntry> Log { get; } = [];

    public LogIndex BaseIndex { get; private set; }

    public List<LogIndex> Truncations { get; } = [];

    /// <summary>Everything about snapshots and sessions, in order, each in a few words.</summary>
    public List<string> Snapshots { get; } = [];

    /// <summary>Everything about elections, transfers of the leadership and reads, in order, each in a few words.</summary>
    public List<string> Elections { get; } = [];

    public void Recovered(RecoveredState state)
    {
        BaseIndex = state.BaseIndex;
        Log.AddRange(state.Log);
    }

    public void Appended(LogEntry entry) => Log.Add(entry);

    public void Truncated(LogIndex from)
    {
        Truncations.Add(from);
        var kept = (int)(from.Value - BaseIndex.Value - 1);
        Log.RemoveRange(kept, Log.Count - kept);
    }

    public void Compacted(LogIndex upTo)
    {
        Log.RemoveRange(0, (int)(upTo.Value - BaseIndex.Value));
        BaseIndex = upTo;
        Snapshots.Add($"compacted {upTo}");
    }

    public void SnapshotTaken(SnapshotMetadata snapshot) => Snapshots.Add($"taken {snapshot.LastIncludedIndex}");

    public void SnapshotChunk(SnapshotMetadata snapshot, ChunkOutcome outcome) => Snapshots.Add($"chunk {outcome}");

    public void SnapshotInstalled(SnapshotMetadata snapshot, bool logKept)
    {
        if (!logKept)
        {
            Log.Clear();
            BaseIndex = snapshot.LastIncludedIndex;
        }

        Snapshots.Add($"installed {snapshot.LastIncludedIndex} {(logKept ? "log kept" : "log discarded")}");
    }

    public void StateRestored(SnapshotMetadata snapshot) => Snapshots.Add($"restored {snapshot.LastIncludedIndex}");

    public void ElectionEvent(ElectionEvent reason, Term term) => Elections.Add($"{reason} in term {term}");

    public void LeadershipTransfer(NodeId target, TransferEvent transfer) => Elections.Add($"transfer to {target} {transfer}");

    public void ReadConfirmed(ReadKind kind, LogIndex readIndex) => Elections.Add($"read by {kind} at {readIndex}");

    public void SessionExpired(long clientId, LogIndex at) => Snapshots.Add($"session {clientId} expired at {at}");
}
