using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>§5.4.2 and Figure 8, as seen by S1. Server 0 is S1, servers 1 to 4 are S2 to S5.</summary>
public sealed class Section5_4_2_CommittingOldTerms
{
    [Fact]
    public void Figure_8_an_entry_of_an_old_term_is_not_committed_by_counting_replicas()
    {
        var s1 = InSituationC();
        Assert.Equal([1, 2, 4], s1.LogTerms);
        Assert.Equal(0, s1.CommitIndex);

        // (d) S5 has been elected by S3 and S4, and overwrites it: nobody has been told anything else.
        Assert.True(s1.Ask(Append(term: 5, prev: (1, 1), entries: [3], commit: 2, leader: 4)).Success);
        Assert.Equal([1, 3], s1.LogTerms);
        Assert.Equal([1, 2], s1.Applied);
    }

    [Fact]
    public void Figure_8_it_is_committed_with_the_first_entry_of_the_current_term()
    {
        // (e) A majority stores an entry of term 4 behind it.
        var s1 = InSituationC();
        Assert.Equal(0, s1.CommitIndex);
        Assert.Equal([3], s1.LastAppend(to: 2).Request.Entries.Select(e => e.Index.Value));
        s1.LastAppend(to: 2).Reply(Accepted(4));
        Assert.Equal(3, s1.CommitIndex);
    }

    /// <summary>
    /// (c): S1 leads term 4; its entry of term 2 is on S1, S2 and S3, a majority. Its entry of term 4, index 3, is on S1
    /// and S2 only, and on its way to S3. Both entries are the no-ops of their terms.
    /// </summary>
    private static NodeUnderTest InSituationC()
    {
        // (a) S1 led term 2, and only S2 has its entry. (b) S5 led term 3, which S1 has heard of.
        var s1 = NodeUnderTest.Leader(term: 2, log: [1], servers: 5, options: NodeUnderTest.Plain with { MaxEntriesPerAppend = 1 });
        s1.LastAppend(to: 1).Reply(Accepted(2));
        s1.Ask(Vote(term: 3, candidate: 4, last: (1, 1)));
        s1.BecomeLeader();
        Assert.Equal(4, s1.Term);
        s1.LastAppend(to: 1).Reply(Accepted(4));
        s1.LastAppend(to: 2).Reply(Rejected(4, TooShort(nextIndex: 2)));
        Assert.Equal([2], s1.LastAppend(to: 2).Request.Entries.Select(e => e.Index.Value));
        s1.LastAppend(to: 2).Reply(Accepted(4));
        return s1;
    }
}
