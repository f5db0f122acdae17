using RaftCheck.Raft.Seams;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §9.1 to §9.5: how elections come to an end. What can be told without measuring.</summary>
public sealed class Chapter9_Elections
{
    [Fact]
    public void Section_9_1_whose_timeout_is_the_shortest_is_elected_in_one_round_before_the_others_stand()
    {
        var cluster = new Cluster(5, NodeUnderTest.Plain, randomnessOf: number => new Timeouts(200 + (20 * ((number + 3) % 5))));
        var leader = cluster.AwaitLeader();
        Assert.Equal((Server(2), 1), (leader.Id, leader.Status.CurrentTerm.Value));
        Assert.InRange(cluster.Now.TotalMilliseconds, 200, 220);
        Assert.All(cluster.Up.Where(server => server != leader), server => Assert.Empty(server.Candidacies));
    }

    [Fact]
    public void Section_9_2_if_two_servers_time_out_together_neither_may_win_and_a_new_term_begins()
    {
        var cluster = new Cluster(2, NodeUnderTest.Plain, randomnessOf: _ => new Timeouts(150));
        cluster.Elapse(3000);
        Assert.Null(cluster.Leader);
        Assert.All(cluster.Up, server => Assert.Equal(20, server.Status.CurrentTerm.Value));
    }

    [Fact]
    public void Section_9_3_a_split_vote_ends_because_each_draws_a_new_timeout_for_each_election()
    {
        var cluster = new Cluster(2, NodeUnderTest.Plain, randomnessOf: number => new Timeouts(150, 150, 150, 150 + (100 * number)));
        var leader = cluster.AwaitLeader();
        Assert.Equal((Server(0), 4), (leader.Id, leader.Status.CurrentTerm.Value));
        Assert.Equal(3, cluster[1].Candidacies.Count);
    }

    [Fact]
    public void Section_9_3_with_the_timeouts_of_the_paper_a_leader_is_replaced_soon_each_time_it_crashes()
    {
        var cluster = new Cluster(5, NodeUnderTest.Plain);
        for (var crashes = 0; crashes < 50; crashes++)
        {
            var leader = cluster.AwaitLeader().Id.Value;
            cluster.Crash(leader);
            cluster.Until(() => cluster.Leader is not null, "another leads", withinMs: 2000);
            cluster.Restart(leader);
        }
    }

    [Fact]
    public void Section_9_5_a_server_that_lacks_entries_is_not_elected_however_often_it_stands_first_and_the_others_are()
    {
        // Server 0 is the quickest, and has been away when the entry was committed.
        var cluster = new Cluster(3, NodeUnderTest.Plain, randomnessOf: number => new Timeouts(150 + (50 * number)));
        cluster.Isolate(0);
        cluster.Commit("a");
        var leader = cluster.AwaitLeader().Id.Value;
        cluster.Crash(leader);
        cluster.Heal();
        var stood = cluster[0].Candidacies.Count;
        cluster.Commit("b");
        Assert.NotEqual(Server(0), cluster.AwaitLeader().Id);
        Assert.True(cluster[0].Candidacies.Count > stood, "It was to stand.");
    }

    /// <summary>Gives out these timeouts, in ms, one after another, and the last one again and again.</summary>
    private sealed class Timeouts(params int[] ms) : IRandomness
    {
        private int drawn;

        public TimeSpan NextDuration(TimeSpan shortest, TimeSpan longest) => TimeSpan.FromMilliseconds(ms[Math.Min(drawn++, ms.Length - 1)]);
    }
}
