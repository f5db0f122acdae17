using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Diagnostics;

/// <summary>Proves what a leader tells of the other servers when it is asked for its status.</summary>
public sealed class NodeStatusTests
{
    [Fact]
    public void A_leader_that_knows_nothing_yet_probes_everybody_from_behind_its_own_log()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1, 1]);
        Assert.Equal([Of(1, ReplicationMode.Probe, match: 0, next: 3), Of(2, ReplicationMode.Probe, match: 0, next: 3)], Followers(node));
    }

    [Fact]
    public void What_a_server_has_confirmed_and_what_is_under_way_to_it_is_told_of_each_by_itself()
    {
        var node = NodeUnderTest.Established(term: 2, log: [1, 1]);
        node.Start();
        node.Start();
        node.AppendsTo(2)[0].Reply(Accepted(2));
        Assert.Equal(
            [Of(1, ReplicationMode.Replicate, match: 3, next: 6, inFlight: 2), Of(2, ReplicationMode.Replicate, match: 4, next: 6, inFlight: 1)],
            Followers(node));
    }

    [Fact]
    public void The_time_since_a_server_was_heard_of_begins_with_the_leadership_and_anew_with_each_answer()
    {
        var node = NodeUnderTest.Leader(term: 2, log: []);
        node.Elapse(30);
        node.LastAppend(to: 2).Reply(Accepted(2));
        node.Elapse(12);
        Assert.Equal([42, 12], Followers(node).Select(follower => follower.SinceLastContact.TotalMilliseconds));
    }

    [Fact]
    public void A_server_that_needs_what_was_compacted_away_is_said_to_be_sent_a_snapshot()
    {
        var node = SendingSnapshot.ToServer1();
        Assert.Equal([ReplicationMode.Snapshot, ReplicationMode.Replicate], Followers(node).Select(follower => follower.Mode));
    }

    [Fact]
    public void Learners_are_told_of_too()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Change(ConfigurationChange.AddLearner(Server(7)));
        Assert.Equal([Server(1), Server(2), Server(7)], Followers(node).Select(follower => follower.Id));
    }

    [Fact]
    public void Only_a_leader_tells_of_others()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Ask(Append(term: 2, prev: (1, 1)));
        Assert.Empty(Followers(node));
    }

    [Fact]
    public void A_status_stays_as_it_was_and_equals_one_of_the_same_content_only()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        var before = node.Node.GetStatus();
        Assert.Equal(before, node.Node.GetStatus());
        node.Elapse(1);
        var after = node.Node.GetStatus();
        Assert.Equal(before with { Followers = after.Followers }, after);
        Assert.NotEqual(before, after);
    }

    private static IReadOnlyList<FollowerStatus> Followers(NodeUnderTest node) => node.Node.GetStatus().Followers;

    private static FollowerStatus Of(int server, ReplicationMode mode, long match, long next, int inFlight = 0) =>
        new(Server(server), mode, new(match), new(next), inFlight, TimeSpan.Zero);
}
