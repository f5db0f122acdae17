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
        Require(index == LastIndex.Next && term >= LastTerm, $"an entry of index {index} and term {term} can't follow");
        if (term != LastTerm)
        {
            runs.Add((index, term));
        }

        LastIndex = index;
    }

    public void TruncateFrom(LogIndex from)
    {
        Require(from > BaseIndex && from <= LastIndex, $"there is nothing to truncate from index {from} on");
        while (runs.Count > 1 && runs[^1].First >= from)
        {
            runs.RemoveAt(runs.Count - 1);
        }

        LastIndex = from.Previous;
    }

    public void CompactTo(LogIndex upTo, Term term)
    {
        Require(upTo >= BaseIndex && upTo <= LastIndex, $"it can't be compacted up to index {upTo}");
        var covering = runs.FindLastIndex(run => run.First <= upTo);
        Require(runs[covering].Term == term, $"it can't be compacted up to index {upTo} as if that were of term {term}");
        runs.RemoveRange(0, covering);
        runs[0] = (upTo, term);
    }

    public void ResetTo(LogIndex baseIndex, Term baseTerm)
    {
        runs.Clear();
        runs.Add((baseIndex, baseTerm));
        LastIndex = baseIndex;
    }

    private void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException($"The log begins after index {BaseIndex} and ends with index {LastIndex} of term {LastTerm}: {message}.");
        }
    }
}
