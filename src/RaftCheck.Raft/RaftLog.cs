namespace RaftCheck.Raft;

/// <summary>
/// The log in memory (§5.3): consecutive entries from index 1 on. Not safe for use by several threads at once; a node
/// guards its log with its lock.
/// </summary>
public sealed class RaftLog
{
    private readonly List<LogEntry> entries = [];

    /// <summary>The index of the last entry; 0 if there is none.</summary>
    public LogIndex LastIndex => new(entries.Count);

    /// <summary>The term of the last entry; 0 if there is none.</summary>
    public Term LastTerm => entries.Count == 0 ? Term.Zero : entries[^1].Term;

    /// <summary>All entries, from index 1 on.</summary>
    public IReadOnlyList<LogEntry> Entries => entries;

    /// <summary>The entry at an index.</summary>
    /// <param name="index">Between 1 and <see cref="LastIndex"/>.</param>
    public LogEntry this[LogIndex index] => entries[(int)(index.Value - 1)];

    /// <summary>The term at an index; 0 at index 0.</summary>
    /// <param name="index">Between 0 and <see cref="LastIndex"/>.</param>
    public Term TermAt(LogIndex index) => index == LogIndex.Zero ? Term.Zero : this[index].Term;

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
    /// <param name="from">Between 1 and <see cref="LastIndex"/>.</param>
    public void TruncateFrom(LogIndex from)
    {
        var keep = (int)(from.Value - 1);
        entries.RemoveRange(keep, entries.Count - keep);
    }

    /// <summary>The entries from an index on.</summary>
    /// <param name="from">The first index; 1 or more. Past the end, there are none.</param>
    /// <param name="atMost">How many at the most.</param>
    public IReadOnlyList<LogEntry> Slice(LogIndex from, int atMost)
    {
        var start = (int)(from.Value - 1);
        var count = Math.Min(atMost, entries.Count - start);
        return count <= 0 ? [] : entries.GetRange(start, count);
    }

    /// <summary>The first index of the term that the entry at <paramref name="index"/> has.</summary>
    /// <param name="index">Between 1 and <see cref="LastIndex"/>.</param>
    public LogIndex FirstIndexOfTermAt(LogIndex index)
    {
        var term = TermAt(index);
        while (index.Value > 1 && TermAt(index.Previous) == term)
        {
            index = index.Previous;
        }

        return index;
    }

    /// <summary>The last index of a term, or null if the log has no entry of it.</summary>
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

        return null;
    }
}
