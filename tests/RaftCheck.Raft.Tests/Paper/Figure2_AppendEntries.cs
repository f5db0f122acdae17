using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Figure 2, AppendEntries RPC, receiver implementation.</summary>
public sealed class Figure2_AppendEntries
{
    [Fact]
    public void Rule_1_rejects_an_older_term_and_tells_its_own()
    {
        var node = NodeUnderTest.Follower(5, 5);
        Assert.Equal(Rejected(5), node.Ask(Append(term: 4, prev: (1, 5), entries: [4], commit: 1)));
        Assert.Equal([5], node.LogTerms);
        Assert.Equal(0, node.CommitIndex);
    }

    [Fact]
    public void Rule_2_rejects_if_the_log_has_no_entry_at_prevLogIndex()
    {
        var node = NodeUnderTest.Follower(1, 1);
        Assert.Equal(Rejected(1, TooShort(nextIndex: 2)), node.Ask(Append(term: 1, prev: (2, 1), entries: [1])));
        Assert.Equal([1], node.LogTerms);
    }

    [Fact]
    public void Rule_2_rejects_if_the_entry_at_prevLogIndex_has_another_term_and_truncates_nothing()
    {
        var node = NodeUnderTest.Follower(2, 1, 2, 2);
        Assert.Equal(Rejected(4, ConflictingTerm(2, firstIndex: 2)), node.Ask(Append(term: 4, prev: (3, 3), entries: [4])));
        Assert.Equal([1, 2, 2], node.LogTerms);
    }

    [Fact]
    public void Rule_3_deletes_a_conflicting_entry_and_all_that_follow_it()
    {
        var node = NodeUnderTest.Follower(2, 1, 2, 2, 2);
        Assert.True(node.Ask(Append(term: 3, prev: (1, 1), entries: [3])).Success);
        Assert.Equal([1, 3], node.LogTerms);
    }

    [Fact]
    public void Rule_3_deletes_nothing_if_nothing_conflicts_though_the_request_ends_earlier()
    {
        var node = NodeUnderTest.Follower(1, 1, 1, 1);
        Assert.True(node.Ask(Append(term: 1, entries: [1])).Success);
        Assert.True(node.Ask(Append(term: 1, prev: (1, 1))).Success);
        Assert.Equal([1, 1, 1], node.LogTerms);
        Assert.Empty(node.Truncations);
    }

    [Fact]
    public void Rule_4_appends_the_entries_that_are_not_in_the_log_yet()
    {
        var node = NodeUnderTest.Follower(1, 1, 1);
        Assert.True(node.Ask(Append(term: 2, prev: (1, 1), entries: [1, 2, 2])).Success);
        Assert.Equal([1, 1, 2, 2], node.LogTerms);
        Assert.Empty(node.Truncations);
    }

    [Fact]
    public void Rule_5_commits_what_the_leader_has_committed()
    {
        var node = new NodeUnderTest();
        node.Ask(Append(term: 1, entries: [1, 1, 1], commit: 2));
        Assert.Equal(2, node.CommitIndex);
    }

    [Fact]
    public void Rule_5_commits_no_further_than_the_last_entry_that_the_request_verified()
    {
        // Index 3 is of a deposed leader; a heartbeat that covers index 1 alone says nothing about it.
        var node = NodeUnderTest.Follower(2, 1, 2, 2);
        node.Ask(Append(term: 3, prev: (1, 1), commit: 3));
        Assert.Equal(1, node.CommitIndex);
    }

    [Fact]
    public void Rule_5_never_goes_back()
    {
        var node = new NodeUnderTest();
        node.Ask(Append(term: 1, entries: [1, 1, 1], commit: 3));
        node.Ask(Append(term: 1, entries: [1], commit: 1));
        node.Ask(Append(term: 2, prev: (3, 1), commit: 0));
        Assert.Equal(3, node.CommitIndex);
    }

    [Fact]
    public void Rule_5_a_rejected_request_commits_nothing()
    {
        var node = NodeUnderTest.Follower(1, 1, 1);
        node.Ask(Append(term: 2, prev: (2, 2), commit: 2));
        Assert.Equal(0, node.CommitIndex);
    }
}
