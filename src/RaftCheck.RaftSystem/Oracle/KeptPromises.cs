using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// What a server has told others holds for good, through crashes too: its vote in a term, and the entries that it has
/// (Figure 2: persistent state is "updated on stable storage before responding to RPCs"). Whoever forgets one may be lucky
/// for long: two leaders or a lost entry follow only if others make use of it.
/// </summary>
/// <remarks>
/// A promise begins when the answer leaves the server, not when the server makes up its mind: before that, a crash may take
/// it back. Entries may be cut off again, but by the leader of a later term than the one that they were promised in.
/// </remarks>
internal sealed class KeptPromises(IRunRecorder recorder, int clusterSize)
{
    public const string Name = "Kept Promises";

    private readonly Promises[] promises = [.. Enumerable.Range(0, clusterSize).Select(_ => new Promises())];

    private sealed class Promises
    {
        public Term VoteTerm { get; set; }

        public NodeId? VotedFor { get; set; }

        /// <summary>The latest term in which anything was promised.</summary>
        public Term Term { get; set; }

        /// <summary>The last entry that was promised, and the term of the leader to whom it was.</summary>
        public (LogIndex Index, Term EntryTerm, Term InTerm) Log { get; set; }

        /// <summary>What the latest snapshot covers, as far as the server has said.</summary>
        public LogIndex SnapshotIndex { get; set; }
    }

    /// <summary>A server has answered a candidate, or has asked others for their votes and so promised its own to itself.</summary>
    public void Vote(ServerView server, Term term, NodeId candidate)
    {
        var made = promises[server.Id.Value];
        if (made.VoteTerm == term && made.VotedFor is { } earlier && earlier != candidate)
        {
            recorder.Violate(Name, $"{server.Id} has given its vote in term {term} to {candidate}, and had given it to {earlier} before.");
        }

        if (term > made.VoteTerm)
        {
            (made.VoteTerm, made.VotedFor) = (term, candidate);
        }

        made.Term = Later(made.Term, term);
    }

    /// <summary>A server has answered a leader that it has the log up to an entry.</summary>
    public void Log(ServerView server, Term inTerm, LogIndex index, Term entryTerm)
    {
        var made = promises[server.Id.Value];
        made.Term = Later(made.Term, inTerm);

        // While the answer was on its way out, a later leader may have cut the entry off.
        if (index >= made.Log.Index && index <= server.LastIndex && server.TermAt(index) == entryTerm)
        {
            made.Log = (index, entryTerm, index == made.Log.Index ? Later(made.Log.InTerm, inTerm) : inTerm);
        }
    }

    /// <summary>A server is about to cut off its log from an index on.</summary>
    public void Truncated(ServerView server, LogIndex from) => CutOff(server, from.Previous);

    /// <summary>A server's own snapshot is on its disk.</summary>
    public void SnapshotTaken(ServerView server, LogIndex upTo) => promises[server.Id.Value].SnapshotIndex = upTo;

    /// <summary>A server has installed a leader's snapshot, and is about to discard its log unless it keeps it.</summary>
    public void SnapshotInstalled(ServerView server, LogIndex upTo, Term term, bool logKept)
    {
        promises[server.Id.Value].SnapshotIndex = upTo;
        if (!logKept)
        {
            CutOff(server, upTo, term);
        }
    }

    /// <summary>A server has come up, and its log is known.</summary>
    public void Recovered(ServerView server, NodeId? votedFor, LogIndex snapshotIndex)
    {
        var made = promises[server.Id.Value];
        if (server.Term < made.Term || (server.Term == made.VoteTerm && made.VotedFor is not null && votedFor != made.VotedFor))
        {
            var promised = made.VoteTerm == made.Term ? $"had given its vote in term {made.VoteTerm} to {made.VotedFor}" : $"had answered in term {made.Term}";
            recorder.Violate(Name, $"{server.Id} {promised}, and came up in term {server.Term} with its vote given to {votedFor?.ToString() ?? "nobody"}.");
            return;
        }

        if (snapshotIndex > made.SnapshotIndex)
        {
            // A leader's snapshot has become durable in the moment of the crash, and may have taken the log's place.
            made.SnapshotIndex = snapshotIndex;
            if (snapshotIndex < made.Log.Index)
            {
                made.Log = (snapshotIndex, server.TermAt(snapshotIndex), made.Log.InTerm);
            }
        }

        if (server.LastIndex < made.Log.Index || server.TermAt(made.Log.Index) != made.Log.EntryTerm)
        {
            var has = server.LastIndex < made.Log.Index ? $"its log ends at index {server.LastIndex}" : $"another, of term {server.TermAt(made.Log.Index)}, is there";
            recorder.Violate(Name, $"{server.Id} had acknowledged the entry at index {made.Log.Index} of term {made.Log.EntryTerm} in term {made.Log.InTerm}, and came up without it: {has}.");
        }
    }

    private void CutOff(ServerView server, LogIndex behind) =>
        CutOff(server, behind, behind <= server.LastIndex ? server.TermAt(behind) : Term.Zero);

    private void CutOff(ServerView server, LogIndex behind, Term termThere)
    {
        var made = promises[server.Id.Value];
        if (made.Log.Index <= behind)
        {
            return;
        }

        if (made.Log.InTerm == server.Term)
        {
            recorder.Violate(Name, $"{server.Id} has cut off its log behind index {behind} in term {server.Term}, in which it had acknowledged the entries up to index {made.Log.Index}.");
        }

        made.Log = (behind, termThere, made.Log.InTerm);
    }

    private static Term Later(Term a, Term b) => a > b ? a : b;
}
