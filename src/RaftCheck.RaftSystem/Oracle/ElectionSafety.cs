using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>Election Safety (Figure 3, §5.2): at most one leader can be elected in a given term.</summary>
internal sealed class ElectionSafety(IRunRecorder recorder)
{
    public const string Name = "Election Safety";

    private readonly Dictionary<Term, NodeId> leaders = [];

    public void Elected(ServerView leader)
    {
        if (!leaders.TryAdd(leader.Term, leader.Id) && leaders[leader.Term] != leader.Id)
        {
            recorder.Violate(Name, $"{leader.Id} became leader of term {leader.Term}, of which {leaders[leader.Term]} had become leader before.");
        }
    }
}
