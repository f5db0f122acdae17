using RaftCheck.Raft.Seams;

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

    public IStateSnapshot TakeSnapshot() => throw new NotSupportedException();

    public Task RestoreAsync(IByteSource source) => throw new NotSupportedException();
}

/// <summary>Keeps a copy of the node's log, which the node itself does not show.</summary>
internal sealed class LogObserver : IRaftObserver
{
    public List<LogEntry> Log { get; } = [];

    public List<LogIndex> Truncations { get; } = [];

    public void Recovered(Term currentTerm, NodeId? votedFor, IReadOnlyList<LogEntry> log) => Log.AddRange(log);

    public void Appended(LogEntry entry) => Log.Add(entry);

    public void Truncated(LogIndex from)
    {
        Truncations.Add(from);
        Log.RemoveRange((int)from.Value - 1, Log.Count - (int)from.Value + 1);
    }

    public void RoleChanged(Role role, Term term)
    {
    }

    public void Voted(Term term, NodeId candidate)
    {
    }

    public void Committed(LogIndex commitIndex)
    {
    }

    public void Applied(LogEntry entry)
    {
    }
}
