using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Dissertation, §10.2.2: a leader sends the next entries without waiting for the answer to the ones before, and goes back
/// to what it knows when one of them is lost. The scripts look at server 1.
/// </summary>
public sealed class Section10_2_2_Pipelining
{
    [Fact]
    public void The_next_entries_are_sent_without_waiting_for_the_answer_to_the_ones_before()
    {
        var node = Established();
        StartAll(node, 3);
        Assert.Equal([(1, "2"), (2, "3"), (3, "4")], Sent(node));
    }

    [Fact]
    public void No_more_requests_than_the_window_are_under_way_and_what_waits_goes_together_when_there_is_room()
    {
        var node = Established(window: 2);
        StartAll(node, 4);
        Assert.Equal([(1, "2"), (2, "3")], Sent(node));
        node.AppendsTo(1)[0].Reply(Accepted(1));
        Assert.Equal([(1, "2"), (2, "3"), (3, "4 5")], Sent(node));
        StartAll(node, 1);
        Assert.Equal(3, Sent(node).Count);
    }

    [Fact]
    public void Answers_make_room_in_whichever_order_they_come()
    {
        var node = Established(window: 2);
        StartAll(node, 2);
        node.AppendsTo(1)[1].Reply(Accepted(1));
        StartAll(node, 1);
        node.AppendsTo(1)[0].Reply(Accepted(1));
        StartAll(node, 1);
        Assert.Equal([(1, "2"), (2, "3"), (3, "4"), (4, "5")], Sent(node));
    }

    [Fact]
    public void Each_server_has_a_window_of_its_own()
    {
        var node = Established(window: 1);
        StartAll(node, 1);
        node.LastAppend(to: 2).Reply(Accepted(1));
        StartAll(node, 1);
        Assert.Equal([1, 2], [node.AppendsTo(1).Count, node.AppendsTo(2).Count]);
    }

    [Fact]
    public void Heartbeats_need_no_room_and_take_none()
    {
        var node = Established(window: 1);
        node.Elapse(100);
        StartAll(node, 1);
        node.Elapse(100);
        Assert.Equal([(1, ""), (1, ""), (1, "2"), (2, ""), (2, "")], Sent(node));
        node.AppendsTo(1)[0].Reply(Accepted(1));
        StartAll(node, 1);
        Assert.Equal(5, Sent(node).Count);
    }

    [Fact]
    public void While_it_probes_one_request_is_under_way_and_then_all_that_has_come_meanwhile_follows()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        StartAll(node, 3);
        Assert.Equal([(0, "1")], Sent(node));
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal([(0, "1"), (1, "2 3 4")], Sent(node));
    }

    [Fact]
    public void After_a_lost_request_it_probes_with_the_next_heartbeat_and_no_sooner()
    {
        var node = Established();
        StartAll(node, 2);
        node.AppendsTo(1)[0].Reply(null);
        StartAll(node, 1);
        node.Elapse(49);
        Assert.Equal([(1, "2"), (2, "3")], Sent(node));
        node.Elapse(1);
        Assert.Equal([(1, "2"), (2, "3"), (1, "2 3 4")], Sent(node));
        StartAll(node, 1);
        Assert.Equal(3, Sent(node).Count);
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal((4, "5"), Sent(node)[^1]);
    }

    [Fact]
    public void A_lost_probe_is_repeated_with_the_next_heartbeat_and_no_sooner()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        node.LastAppend(to: 1).Reply(null);
        StartAll(node, 1);
        node.Elapse(49);
        Assert.Equal([(0, "1")], Sent(node));
        node.Elapse(1);
        Assert.Equal([(0, "1"), (0, "1 2")], Sent(node));
    }

    [Fact]
    public void A_lost_heartbeat_interrupts_nothing()
    {
        var node = Established();
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(null);
        StartAll(node, 1);
        Assert.Equal([(1, ""), (1, "2")], Sent(node));
    }

    [Fact]
    public void After_a_rejection_it_goes_back_at_once_to_where_the_follower_says()
    {
        // The second request has overtaken the first.
        var node = Established();
        StartAll(node, 3);
        node.AppendsTo(1)[1].Reply(Rejected(1, TooShort(nextIndex: 2)));
        Assert.Equal([(1, "2"), (2, "3"), (3, "4"), (1, "2 3 4")], Sent(node));
    }

    [Fact]
    public void A_heartbeat_finds_out_what_the_follower_has_lost_sight_of()
    {
        // The transport has given up on nothing: the request is just late, and the heartbeat comes first.
        var node = Established();
        StartAll(node, 1);
        node.Elapse(50);
        node.LastAppend(to: 1).Reply(Rejected(1, TooShort(nextIndex: 2)));
        Assert.Equal([(1, "2"), (2, ""), (1, "2")], Sent(node));
    }

    [Fact]
    public void Entries_go_together_up_to_MaxBytesPerAppend()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1, 1, 1, 1, 1], options: NodeUnderTest.Plain with { MaxBytesPerAppend = 5 });
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 1)));
        node.LastAppend(to: 1).Reply(Accepted(2));
        Assert.Equal([(5, "6"), (0, "1 2"), (2, "3 4"), (4, "5 6")], Sent(node));
    }

    [Fact]
    public void An_entry_that_is_larger_than_MaxBytesPerAppend_is_sent_alone()
    {
        var node = NodeUnderTest.Leader(term: 1, log: [], options: NodeUnderTest.Plain with { MaxBytesPerAppend = 5 });
        node.Start("small");
        node.Start("larger");
        node.Start("5");
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal([(0, "1"), (1, "2"), (2, "3"), (3, "4")], Sent(node));
    }

    private static NodeUnderTest Established(int window = 8) =>
        NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { MaxInFlightAppends = window });

    private static void StartAll(NodeUnderTest node, int commands)
    {
        for (var i = 0; i < commands; i++)
        {
            node.Start();
        }
    }

    /// <summary>What was sent to server 1: the index before the entries, and the entries' indexes.</summary>
    private static List<(long Prev, string Entries)> Sent(NodeUnderTest node) =>
        [.. node.AppendsTo(1).Select(call => (call.Request.PrevLogIndex.Value, string.Join(' ', call.Request.Entries.Select(e => e.Index))))];
}
