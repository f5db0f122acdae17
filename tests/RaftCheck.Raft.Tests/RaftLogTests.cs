using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests;

/// <summary>The log behind a base: here index 4 of term 2, with entries 5 to 8 of terms 2 3 3 5 behind it.</summary>
public sealed class RaftLogTests
{
    private readonly RaftLog log = Behind(4, 2, 2, 3, 3, 5);

    [Fact]
    public void Its_ends_are_counted_from_the_base()
    {
        Assert.Equal((4, 5, 8), (log.BaseIndex.Value, log.FirstIndex.Value, log.LastIndex.Value));
        Assert.Equal((2, 5), (log.BaseTerm.Value, log.LastTerm.Value));
        Assert.Equal((4, 5, 4, 2), (Behind(4, 2).BaseIndex.Value, Behind(4, 2).FirstIndex.Value, Behind(4, 2).LastIndex.Value, Behind(4, 2).LastTerm.Value));
    }

    [Fact]
    public void It_knows_the_terms_from_the_base_on_and_what_was_compacted_is_not_term_0()
    {
        Assert.Equal([2, 2, 3, 3, 5], Indexes(4, 8).Select(i => log.TermAt(i).Value));
        Assert.All(Indexes(0, 3).Append(new LogIndex(9)), index =>
        {
            Assert.False(log.HasTermAt(index));
            Assert.Throws<ArgumentOutOfRangeException>(() => log.TermAt(index));
        });
        Assert.All(Indexes(4, 8), index => Assert.True(log.HasTermAt(index)));
    }

    [Fact]
    public void An_entry_that_was_compacted_or_is_not_there_yet_cannot_be_read()
    {
        Assert.Equal(5, log[new LogIndex(5)].Index.Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => log[new LogIndex(4)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => log[new LogIndex(9)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Slice(new LogIndex(4), 1));
    }

    [Fact]
    public void An_entry_follows_the_last_one_or_the_base_without_a_gap_and_without_going_back_in_terms()
    {
        Assert.Throws<ArgumentException>(() => log.Append(Entry(8, 5)));
        Assert.Throws<ArgumentException>(() => log.Append(Entry(10, 5)));
        Assert.Throws<ArgumentException>(() => log.Append(Entry(9, 4)));
        Assert.Throws<ArgumentException>(() => Behind(4, 2).Append(Entry(5, 1)));
        log.Append(Entry(9, 5));
        Assert.Equal(9, log.LastIndex.Value);
    }

    [Fact]
    public void What_a_snapshot_covers_is_never_truncated()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => log.TruncateFrom(new LogIndex(4)));
        log.TruncateFrom(new LogIndex(5));
        Assert.Equal((4, 2), (log.LastIndex.Value, log.LastTerm.Value));
    }

    [Fact]
    public void It_can_be_compacted_up_to_its_last_entry_and_no_further_and_not_back()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => log.CompactTo(new LogIndex(9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.CompactTo(new LogIndex(3)));
        log.CompactTo(new LogIndex(4));
        Assert.Equal([2, 3, 3, 5], log.Entries.Select(e => e.Term.Value));
        log.CompactTo(new LogIndex(8));
        Assert.Equal((8, 5, 0), (log.BaseIndex.Value, log.BaseTerm.Value, log.Entries.Count));
        log.Append(Entry(9, 5));
    }

    [Fact]
    public void A_snapshot_that_takes_its_place_leaves_nothing_of_it()
    {
        log.ResetTo(new LogIndex(20), new Term(9));
        Assert.Equal((20, 9, 21, 20, 9, 0), (log.BaseIndex.Value, log.BaseTerm.Value, log.FirstIndex.Value, log.LastIndex.Value, log.LastTerm.Value, log.Entries.Count));
        Assert.Equal(20, log.LastIndexOfTerm(new Term(9))?.Value);
        Assert.Null(log.LastIndexOfTerm(new Term(5)));
    }

    [Fact]
    public void The_first_and_last_index_of_a_term_reach_back_to_the_base_and_no_further()
    {
        Assert.Equal([4, 4, 6, 6, 8], Indexes(4, 8).Select(i => log.FirstIndexOfTermAt(i).Value));
        Assert.Equal([null, 5, 7, null, 8, null], new long[] { 1, 2, 3, 4, 5, 6 }.Select(t => log.LastIndexOfTerm(new Term(t))?.Value));
        Assert.Equal(4, Behind(4, 2, 3).LastIndexOfTerm(new Term(2))?.Value);
        Assert.Null(new RaftLog().LastIndexOfTerm(Term.Zero));
        Assert.Equal(1, Behind(0, 0, 1, 1).FirstIndexOfTermAt(new LogIndex(2)).Value);
    }

    [Fact]
    public void A_message_has_as_many_entries_as_fit_and_one_at_the_least()
    {
        // Each command has 2 bytes.
        Assert.Equal([5, 6], Slice(5, 2, long.MaxValue));
        Assert.Equal([5, 6, 7], Slice(5, 9, 6));
        Assert.Equal([5, 6], Slice(5, 9, 5));
        Assert.Equal([5], Slice(5, 9, 1));
        Assert.Equal([8], Slice(8, 9, 1));
        Assert.Empty(Slice(9, 9, 9));
        Assert.Empty(Slice(12, 9, 9));
        Assert.Empty(Slice(5, 0, 9));
    }

    private static RaftLog Behind(long baseIndex, long baseTerm, params long[] terms)
    {
        var log = new RaftLog(new LogIndex(baseIndex), new Term(baseTerm));
        foreach (var term in terms)
        {
            log.Append(Entry(log.LastIndex.Value + 1, term));
        }

        return log;
    }

    private static IEnumerable<LogIndex> Indexes(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => new LogIndex(i));

    private IEnumerable<long> Slice(long from, int atMost, long maxBytes) => log.Slice(new LogIndex(from), atMost, maxBytes).Select(e => e.Index.Value);
}
