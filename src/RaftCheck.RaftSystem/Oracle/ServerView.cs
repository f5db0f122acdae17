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

    /// <summary>Whether the present process has read what is on its disk.</summary>
    public bool IsUp { get; set; }

    public LogIndex LastIndex => new(prefixes.Count);

    /// <summary>The highest index that the present process has committed.</summary>
    public LogIndex CommitIndex { get; set; }

    /// <summary>The highest index applied by the present process, or covered by the snapshot that it began with.</summary>
    public LogIndex LastApplied { get; set; }

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
    }

    /// <summary>Adds what was committed at the next index: a snapshot covers it.</summary>
    public void AppendCovered(Digest prefix, Term term)
    {
        prefixes.Add(prefix);
        terms.Add(term);
    }
}
