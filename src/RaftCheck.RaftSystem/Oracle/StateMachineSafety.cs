using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// State Machine Safety (Figure 3, §5.4.3): if a server has applied a log entry at a given index to its state machine, no
/// other server will ever apply a different log entry for the same index. With it: each server applies in log order.
/// </summary>
internal sealed class StateMachineSafety(IRunRecorder recorder)
{
    public const string Name = "State Machine Safety";

    /// <summary>For each index, from 1 on: what was applied there first, and by whom.</summary>
    private readonly List<(Digest Entry, Term Term, NodeId By)> applied = [];

    public void Applied(ServerView server, LogEntry entry)
    {
        if (entry.Index != server.LastApplied.Next)
        {
            recorder.Violate(Name, $"{server.Id} applied index {entry.Index} after index {server.LastApplied}: entries must be applied in log order, each once.");
            return;
        }

        server.LastApplied = entry.Index;
        var digest = Digest.Empty.With(entry);
        if (entry.Index.Value > applied.Count)
        {
            applied.Add((digest, entry.Term, server.Id));
        }
        else if (applied[(int)entry.Index.Value - 1] is var first && first.Entry != digest)
        {
            recorder.Violate(Name, $"{server.Id} applied an entry of term {entry.Term} at index {entry.Index}, where {first.By} had applied another, of term {first.Term}.");
        }
    }

    /// <summary>The state machine was set back to a snapshot: it goes on behind it, and never goes back.</summary>
    public void Restored(ServerView server, LogIndex upTo)
    {
        if (upTo < server.LastApplied)
        {
            recorder.Violate(Name, $"{server.Id} restored its state machine from a snapshot up to index {upTo}, although it had applied index {server.LastApplied}.");
            return;
        }

        server.LastApplied = upTo;
    }
}
