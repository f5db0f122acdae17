using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// What a server has said is on its disk is there when it comes up again: the log up to the index that it had reported, and
/// the term and the vote that its answers had promised (Figure 2: "updated on stable storage before responding to RPCs").
/// </summary>
internal sealed class Durability(IRunRecorder recorder)
{
    public const string Name = "Durability";

    /// <summary>What a server owes at the moment before it comes up.</summary>
    internal readonly record struct Owed(LogIndex Index, Digest Prefix);

    public static Owed BeforeRecovery(ServerView server) => new(server.DurableIndex, server.PrefixAt(server.DurableIndex));

    public void Recovered(ServerView server, Owed owed, RecoveredState state)
    {
        if (server.LastIndex < owed.Index)
        {
            recorder.Violate(Name, $"{server.Id} came up with its log up to index {server.LastIndex}, although it was on its disk up to index {owed.Index}.");
        }
        else if (server.PrefixAt(owed.Index) != owed.Prefix)
        {
            recorder.Violate(Name, $"{server.Id} came up with another log than it had: up to index {owed.Index} it was on its disk.");
        }

        var (term, vote) = server.Promised;
        if (state.CurrentTerm < term)
        {
            recorder.Violate(Name, $"{server.Id} came up in term {state.CurrentTerm}, although it had answered in term {term}.");
        }
        else if (state.CurrentTerm == term && vote is not null && state.VotedFor != vote)
        {
            recorder.Violate(Name, $"{server.Id} came up without the vote that it had given to {vote} in term {term}.");
        }
    }
}
