using RaftCheck.Raft;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// What the oracle knows of one server: its role, its term, and its log, as a digest for each index. What the server has
/// compacted away the oracle remembers.
/// </summary>
internal sealed class ServerView(NodeId id)
{
    private readonly List<Digest> prefixes = [];
    private readonly List<Term> terms = [];

    public NodeId Id { get; } = id;

    public Role Role { get; set; } = Role.Follower;

    public Term Term { get; set; }

    public LogIndex LastIndex => new(prefixes.Count);

    /// <summary>The highest index that the present process has committed.</summary>
    public LogIndex CommitIndex { get; set; }

    /// <summary>The highest index applied by the present process, or covered by the snapshot that it began with.</summary>
    public LogIndex LastApplied { get; set; }

    /// <summary>Up to where the log is on the server's disk, as the server has said. A crash does not change that.</summary>
    public LogIndex DurableIndex { get; set; }

    /// <summary>The highest term in which the server has given an answer that depends on its disk, and whom it has given its vote in that term.</summary>
    public (Term Term, NodeId? VotedFor) Promised { get; private set; }

    /// <summary>Up to where the server has acknowledged its log, to the leader of which term.</summary>
    public (Term InTerm, LogIndex Index) Acknowledged { get; private set; }

    /// <summary>The configuration that the server uses.</summary>
    public ClusterConfiguration Configuration { get; set; } = ClusterConfiguration.Empty;

    /// <summary>The index of that configuration's entry.</summary>
    public LogIndex ConfigurationIndex { get; set; }

    /// <summary>The digest of the log up to an index.</summary>
    public Digest PrefixAt(LogIndex index) => index == LogIndex.Zero ? Digest.Empty : prefixes[(int)index.Value - 1];

    /// <summary>The term of the entry at an index; 0 at index 0.</summary>
    public Term TermAt(LogIndex index) => index == LogIndex.Zero ? Term.Zero : terms[(int)index.Value - 1];

    public void Append(LogEntry entry)
    {
        prefixes.Add(PrefixAt(LastIndex).With(entry));
        terms.Add(entry.Term);
    }

    public void TruncateFrom(LogIndex from)
    {
        var keep = (int)from.Value - 1;
        prefixes.RemoveRange(keep, prefixes.Count - keep);
        terms.RemoveRange(keep, terms.Count - keep);
        DurableIndex = LogIndex.Min(DurableIndex, from.Previous);
    }

    /// <summary>An answer that says so has left the server.</summary>
    public void Acknowledge(Term inTerm, LogIndex index) =>
        Acknowledged = (inTerm, inTerm == Acknowledged.InTerm ? LogIndex.Max(index, Acknowledged.Index) : index);

    /// <summary>An answer of a term has left the server.</summary>
    public void Promise(Term term, NodeId? vote)
    {
        if (term > Promised.Term || (term == Promised.Term && vote is not null))
        {
            Promised = (term, vote);
        }
    }

    /// <summary>Adds what was committed at the next index: a snapshot covers it.</summary>
    public void AppendCovered(Digest prefix, Term term)
    {
        prefixes.Add(prefix);
        terms.Add(term);
    }
}
