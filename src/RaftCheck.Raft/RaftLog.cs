namespace RaftCheck.Raft;

/// <summary>
/// The log in memory (§5.3, §7): consecutive entries behind a base, up to which the log was compacted. Entries up to the
/// base are covered by a snapshot. Not safe for use by several threads at once; a node guards its log with its lock.
/// </summary>
public sealed class RaftLog
{
    private readonly List<LogEntry> entries = [];

    /// <summary>An empty log that begins with index 1.</summary>
    public RaftLog()
    {
    }

    /// <summary>An empty log that begins after an entry that a snapshot covers.</summary>
    /// <param name="baseIndex">The index of the last entry that was compacted away.</param>
    /// <param name="baseTerm">The term of that entry.</param>
    public RaftLog(LogIndex baseIndex, Term baseTerm)
    {
        BaseIndex = baseIndex;
        BaseTerm = baseTerm;
    }

    /// <summary>The last index that was compacted away; 0 if nothing was.</summary>
    public LogIndex BaseIndex { get; private set; }

    /// <summary>The term of the entry at <see cref="BaseIndex"/>; 0 if nothing was compacted.</summary>
    public Term BaseTerm { get; private set; }

    /// <summary>The index of the first entry that is still there, or would be.</summary>
    public LogIndex FirstIndex => BaseIndex.Next;

    /// <summary>The index of the last entry; that of the base if there is none behind it.</summary>
    public LogIndex LastIndex => BaseIndex + entries.Count;

    /// <summary>The term of the last entry; that of the base if there is none behind it.</summary>
    public Term LastTerm => entries.Count == 0 ? BaseTerm : entries[^1].Term;

    /// <summary>The entries behind the base.</summary>
    public IReadOnlyList<LogEntry> Entries => entries;

    /// <summary>The entry at an index.</summary>
    /// <param name="index">Between <see cref="FirstIndex"/> and <see cref="LastIndex"/>.</param>
    public LogEntry this[LogIndex index] => entries[Offset(index)];

    /// <summary>The term at an index; 0 at index 0.</summary>
    /// <param name="index">Between <see cref="BaseIndex"/> and <see cref="LastIndex"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The log does not know: the entry was compacted away (it is not "term 0", which would match), or is not there yet.
    /// </exception>
    public Term TermAt(LogIndex index) => index == BaseIndex ? BaseTerm : this[index].Term;

    /// <summary>Whether the log knows the term at an index: it is the base, or an entry behind it.</summary>
    /// <param name="index">Any index.</param>
    public bool HasTermAt(LogIndex index) => index >= BaseIndex && index <= LastIndex;

    /// <summary>Adds an entry at the end.</summary>
    /// <param name="entry">The entry; its index is the one after the last.</param>
    /// <exception cref="ArgumentException">The entry's index would leave a gap, or its term goes back.</exception>
    public void Append(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Index != LastIndex.Next || entry.Term < LastTerm)
        {
            throw new ArgumentException($"An entry of index {entry.Index} and term {entry.Term} can't follow index {LastIndex} and term {LastTerm}.", nameof(entry));
        }

        entries.Add(entry);
    }

    /// <summary>Removes an entry and all that follow it.</summary>
    /// <param name="from">Between <see cref="FirstIndex"/> and <see cref="LastIndex"/>.</param>
    public void TruncateFrom(LogIndex from)
    {
        var keep = Offset(from);
        entries.RemoveRange(keep, entries.Count - keep);
    }

    /// <summary>Removes an entry and all that come before it: a snapshot covers them (§7).</summary>
    /// <param name="upTo">Between <see cref="BaseIndex"/> and <see cref="LastIndex"/>.</param>
    public void CompactTo(LogIndex upTo)
    {
        var term = TermAt(upTo);
        entries.RemoveRange(0, (int)(upTo.Value - BaseIndex.Value));
        (BaseIndex, BaseTerm) = (upTo, term);
    }

    /// <summary>Removes everything: a snapshot takes the log's place (Figure 13, rule 7).</summary>
    /// <param name="baseIndex">The last index that the snapshot covers.</param>
    /// <param name="baseTerm">The term of that entry.</param>
    public void ResetTo(LogIndex baseIndex, Term baseTerm)
    {
        entries.Clear();
        (BaseIndex, BaseTerm) = (baseIndex, baseTerm);
    }

    /// <summary>The entries from an index on.</summary>
    /// <param name="from">The first index; not before <see cref="FirstIndex"/>. Past the end, there are none.</param>
    /// <param name="atMost">How many at the most.</param>
    public IReadOnlyList<LogEntry> Slice(LogIndex from, int atMost) => Slice(from, atMost, long.MaxValue);

    /// <summary>The entries from an index on, as many as fit into a message.</summary>
    /// <param name="from">The first index; not before <see cref="FirstIndex"/>. Past the end, there are none.</param>
    /// <param name="atMost">How many at the most.</param>
    /// <param name="maxBytes">How many bytes their commands have together at the most; but there is always one entry.</param>
    public IReadOnlyList<LogEntry> Slice(LogIndex from, int atMost, long maxBytes)
    {
        var start = Offset(from);
        var count = 0;
        var bytes = 0L;
        while (count < atMost && start + count < entries.Count)
        {
            bytes += entries[start + count].Command.Length;
            if (bytes > maxBytes && count > 0)
            {
                break;
            }

            count++;
        }

        if (count == 0)
        {
            return [];
        }

        var slice = new LogEntry[count];
        entries.CopyTo(start, slice, 0, count);
        return slice;
    }

    /// <summary>The first index of the term that the entry at <paramref name="index"/> has, as far back as the log knows.</summary>
    /// <param name="index">Between <see cref="BaseIndex"/> and <see cref="LastIndex"/>.</param>
    public LogIndex FirstIndexOfTermAt(LogIndex index)
    {
        var term = TermAt(index);
        while (index > BaseIndex && index.Value > 1 && TermAt(index.Previous) == term)
        {
            index = index.Previous;
        }

        return index;
    }

    /// <summary>The last index of a term, or null if the log has no entry of it, as far back as the log knows.</summary>
    /// <param name="term">The term to look for.</param>
    public LogIndex? LastIndexOfTerm(Term term)
    {
        // Terms rise along the log, so the search can stop at the first earlier one.
        for (var i = entries.Count - 1; i >= 0 && entries[i].Term >= term; i--)
        {
            if (entries[i].Term == term)
            {
                return entries[i].Index;
            }
        }

        return BaseIndex > LogIndex.Zero && BaseTerm == term ? BaseIndex : null;
    }

    private int Offset(LogIndex index) => (int)(index.Value - BaseIndex.Value - 1);
}
