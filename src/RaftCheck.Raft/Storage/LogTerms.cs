namespace RaftCheck.Raft.Storage;

/// <summary>
/// The terms of a log's entries without the entries, one item for each term: what the storage needs to know of the log
/// that the node guards with its lock, to write down where it ends. Not safe for use by several threads at once.
/// </summary>
internal sealed class LogTerms
{
    /// <summary>Where each term begins. The first item is the log's base.</summary>
    private readonly List<(LogIndex First, Term Term)> runs;

    public LogTerms(RaftLog log)
    {
        runs = [(log.BaseIndex, log.BaseTerm)];
        LastIndex = log.BaseIndex;
        foreach (var entry in log.Entries)
        {
            Append(entry.Index, entry.Term);
        }
    }

    public LogIndex BaseIndex => runs[0].First;

    public LogIndex LastIndex { get; private set; }

    public Term LastTerm => runs[^1].Term;

    public void Append(LogIndex index, Term term)
    {
        if (index != LastIndex.Next || term < LastTerm)
        {
            throw Impossible($"an entry of index {index} and term {term} can't follow");
        }

        if (term != LastTerm)
        {
            runs.Add((index, term));
        }

        LastIndex = index;
    }

    public void TruncateFrom(LogIndex from)
    {
        if (from <= BaseIndex || from > LastIndex)
        {
            throw Impossible($"there is nothing to truncate from index {from} on");
        }

        while (runs.Count > 1 && runs[^1].First >= from)
        {
            runs.RemoveAt(runs.Count - 1);
        }

        LastIndex = from.Previous;
    }

    public void CompactTo(LogIndex upTo, Term term)
    {
        if (upTo < BaseIndex || upTo > LastIndex)
        {
            throw Impossible($"it can't be compacted up to index {upTo}");
        }

        var covering = runs.FindLastIndex(run => run.First <= upTo);
        if (runs[covering].Term != term)
        {
            throw Impossible($"it can't be compacted up to index {upTo} as if that were of term {term}");
        }

        runs.RemoveRange(0, covering);
        runs[0] = (upTo, term);
    }

    public void ResetTo(LogIndex baseIndex, Term baseTerm)
    {
        runs.Clear();
        runs.Add((baseIndex, baseTerm));
        LastIndex = baseIndex;
    }

    /// <summary>Made only when it is needed: a text for each entry is what most of a commit's memory was spent on.</summary>
    private ArgumentException Impossible(string what) =>
        new($"The log begins after index {BaseIndex} and ends with index {LastIndex} of term {LastTerm}: {what}.");
}
