using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>What only rises (Figure 2, State): a server's term, and, while its process lives, its commit index.</summary>
internal sealed class MonotonicState(IRunRecorder recorder)
{
    public const string Name = "Monotonic State";

    public void TermIs(ServerView server, Term term)
    {
        if (term < server.Term)
        {
            recorder.Violate(Name, $"{server.Id} went back from term {server.Term} to term {term}.");
        }
    }

    public void Committed(ServerView server, LogIndex commitIndex)
    {
        if (commitIndex < server.CommitIndex)
        {
            recorder.Violate(Name, $"{server.Id} went back from commit index {server.CommitIndex} to {commitIndex}.");
        }
    }
}
