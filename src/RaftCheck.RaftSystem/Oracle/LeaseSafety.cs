using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// While a leader serves reads by its lease, nobody leads in a later term (dissertation, §6.4.1). It holds only as far as
/// the clocks keep the bound that the leader was told.
/// </summary>
internal sealed class LeaseSafety(IRunRecorder recorder)
{
    public const string Name = "Lease Safety";

    private Term latest;
    private NodeId latestLeader;

    public void Elected(ServerView leader)
    {
        if (leader.Term > latest)
        {
            latest = leader.Term;
            latestLeader = leader.Id;
        }
    }

    public void Read(ServerView server)
    {
        if (server.Term < latest)
        {
            recorder.Violate(Name, $"{server.Id}, leader of term {server.Term}, served a read by its lease, although {latestLeader} had become leader of term {latest}.");
        }
    }
}
