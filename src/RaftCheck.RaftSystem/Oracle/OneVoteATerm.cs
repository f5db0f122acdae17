using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// A server votes for at most one candidate in a given term (Figure 2, RequestVote; §5.2), also if it restarts in between.
/// What counts is the vote that has left the server, or that it has counted for itself: one that a crash took back was none.
/// </summary>
internal sealed class OneVoteATerm(IRunRecorder recorder)
{
    public const string Name = "One Vote a Term";

    private readonly Dictionary<(NodeId Voter, Term Term), NodeId> votes = [];

    public void Granted(ServerView voter, Term term, NodeId candidate)
    {
        // Answers may leave in another order than the votes were given.
        if (!votes.TryAdd((voter.Id, term), candidate) && votes[(voter.Id, term)] is var earlier && earlier != candidate)
        {
            recorder.Violate(Name, $"{voter.Id} gave {candidate} its vote in term {term}, although {earlier} had received it before.");
        }
    }
}
