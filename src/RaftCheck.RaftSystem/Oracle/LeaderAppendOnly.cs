using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>Leader Append-Only (Figure 3, §5.3): a leader never overwrites or deletes entries in its log.</summary>
internal sealed class LeaderAppendOnly(IRunRecorder recorder)
{
    public const string Name = "Leader Append-Only";

    public void Truncated(ServerView server, LogIndex from)
    {
        if (server.Role == Role.Leader)
        {
            recorder.Violate(Name, $"{server.Id}, leader of term {server.Term}, deleted its entries from index {from} to {server.LastIndex}.");
        }
    }
}
