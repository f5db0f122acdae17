using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>
/// Row 7, for requests that follow one another without waiting: when the leader has gone back, what was under way by then
/// belongs to an earlier window. What it confirms still counts; that it failed, or was refused, does not.
/// </summary>
public sealed class Row7_WindowedReplies
{
    [Fact]
    public void A_rejection_of_an_earlier_window_does_not_make_the_leader_go_back_again()
    {
        var node = Established();
        var (second, third) = (StartThree(node)[1], node.LastAppend(to: 1));
        second.Reply(Rejected(1, TooShort(nextIndex: 2)));
        var sent = node.Appends.Count;
        third.Reply(Rejected(1, TooShort(nextIndex: 2)));
        Assert.Equal(sent, node.Appends.Count);
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Elapse(50);
        Assert.Equal(4, node.LastAppend(to: 1).Request.PrevLogIndex.Value);
    }

    [Fact]
    public void A_loss_of_an_earlier_window_does_not_make_the_leader_go_back_again()
    {
        var node = Established();
        var calls = StartThree(node);
        calls[1].Reply(Rejected(1, TooShort(nextIndex: 2)));
        node.LastAppend(to: 1).Reply(Accepted(1));
        calls[0].Reply(null);
        node.Start();
        Assert.Equal([5], node.LastAppend(to: 1).Request.Entries.Select(e => e.Index.Value));
    }

    [Fact]
    public void A_success_of_an_earlier_window_counts_for_the_commit_but_makes_no_room_in_this_one()
    {
        var node = Established(window: 1);
        node.Start();
        var old = node.LastAppend(to: 1);
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Rejected(1, TooShort(nextIndex: 2)));
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Start();
        var sent = node.AppendsTo(1).Count;
        old.Reply(Accepted(1));
        node.Start();
        Assert.Equal(sent, node.AppendsTo(1).Count);
    }

    [Fact]
    public void A_success_of_an_earlier_window_ends_the_probing_because_it_confirms_as_much()
    {
        var node = Established();
        var calls = StartThree(node);
        calls[0].Reply(null);
        calls[2].Reply(Accepted(1));
        Assert.Equal(4, node.CommitIndex);
        node.Start();
        Assert.Equal([5], node.LastAppend(to: 1).Request.Entries.Select(e => e.Index.Value));
    }

    [Fact]
    public void A_rejection_that_a_confirmation_has_overtaken_frees_its_place_and_is_probed_with_the_next_heartbeat()
    {
        // The second request came first and was refused; then came the first, whose answer is faster.
        var node = Established(window: 2);
        node.Start();
        node.Start();
        var calls = node.AppendsTo(1);
        calls[0].Reply(Accepted(1));
        calls[1].Reply(Rejected(1, TooShort(nextIndex: 2)));
        Assert.Equal(2, node.AppendsTo(1).Count);
        node.Elapse(50);
        Assert.Equal([3], node.LastAppend(to: 1).Request.Entries.Select(e => e.Index.Value));
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Start();
        node.Start();
        Assert.Equal([[4], [5]], node.AppendsTo(1).TakeLast(2).Select(call => call.Request.Entries.Select(e => e.Index.Value)));
    }

    [Fact]
    public void A_refusal_without_a_reason_frees_its_place_and_is_probed_with_the_next_heartbeat()
    {
        // So answers a server that has stopped. It may have stored the entries nevertheless.
        var node = Established(window: 1);
        node.Start();
        node.LastAppend(to: 1).Reply(Rejected(0));
        Assert.Single(node.AppendsTo(1));
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Start();
        Assert.Equal([3], node.LastAppend(to: 1).Request.Entries.Select(e => e.Index.Value));
    }

    /// <summary>Three commands, at 2 to 4, and what carries them to server 1.</summary>
    private static List<Call<Messages.AppendEntriesRequest, Messages.AppendEntriesReply>> StartThree(NodeUnderTest node)
    {
        node.Start();
        node.Start();
        node.Start();
        Assert.Equal(3, node.AppendsTo(1).Count);
        return node.AppendsTo(1);
    }

    private static NodeUnderTest Established(int window = 8) =>
        NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { MaxInFlightAppends = window });
}
