using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// What a server has told others holds for good (Figure 2: "updated on stable storage before responding to RPCs"). An entry
/// that it acknowledges is on its disk, and stays there while the term lasts; and when it comes up again, it has its log, as
/// far as that was on its disk, and the term and the vote that its answers had promised.
/// </summary>
/// <remarks>
/// A promise begins when the answer leaves the server, not when the server makes up its mind: before that, a crash may take
/// it back. Whoever forgets one may be lucky for long: two leaders or a lost entry follow only if others make use of it.
/// </remarks>
internal sealed class Durability(IRunRecorder recorder)
{
    public const string Name = "Durability";

    /// <summary>What a server owes at the moment before it comes up.</summary>
    internal readonly record struct Owed(LogIndex Index, Digest Prefix);

    /// <summary>An answer leaves that says to the leader of a term that the server has the log up to an entry.</summary>
    public void Acknowledged(ServerView server, Term inTerm, LogIndex index, Term entryTerm)
    {
        server.Promise(inTerm, null);
        if (server.Term > inTerm || index > server.LastIndex || server.TermAt(index) != entryTerm)
        {
            // While the answer was on its way out, a later term has begun, whose leader may have cut the entry off.
            return;
        }

        if (index > server.DurableIndex)
        {
            recorder.Violate(Name, $"{server.Id} acknowledged the entry at index {index} in term {inTerm}, but its log was on its disk up to index {server.DurableIndex} only.");
        }

        server.Acknowledge(inTerm, index);
    }

    /// <summary>A server is about to cut off its log.</summary>
    public void Truncated(ServerView server, LogIndex from)
    {
        var (inTerm, index) = server.Acknowledged;
        if (inTerm == server.Term && index >= from)
        {
            recorder.Violate(Name, $"{server.Id} cut off its log from index {from} on in term {server.Term}, in which it had acknowledged the entries up to index {index}.");
        }
    }

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
