using RaftCheck.Raft.Rules;
using static RaftCheck.Raft.Tests.Harness.ClusterMembership;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Rules;

public class CandidacyRuleTests
{
    private static readonly ClusterConfiguration Both = ClusterConfiguration.Of(Servers(0, 1));
    private static readonly ClusterConfiguration WithoutServer0 = ClusterConfiguration.Of(Servers(1));

    [Fact]
    public void A_voter_stands_whatever_is_committed()
    {
        Assert.True(MayStand(Server(1), commit: 0, (0, Both), (5, WithoutServer0)));
        Assert.True(MayStand(Server(1), commit: 5, (0, Both), (5, WithoutServer0)));
    }

    [Fact]
    public void A_server_stands_that_does_not_know_its_removal_to_be_committed_and_no_other_that_was_removed()
    {
        Assert.True(MayStand(Server(0), commit: 4, (0, Both), (5, WithoutServer0)));
        Assert.False(MayStand(Server(0), commit: 5, (0, Both), (5, WithoutServer0)));
        Assert.False(MayStand(Server(0), commit: 5, (0, Both), (5, WithoutServer0), (7, ClusterConfiguration.Of(Servers(1, 2)))));
    }

    [Fact]
    public void A_server_that_never_voted_does_not_stand()
    {
        Assert.False(MayStand(Server(2), commit: 0, (0, ClusterConfiguration.Empty)));
        Assert.False(MayStand(Server(2), commit: 0, (0, Both), (5, ClusterConfiguration.Of(Servers(0, 1), Servers(2)))));
    }

    [Fact]
    public void Who_votes_no_more_lets_those_that_do_come_first()
    {
        var max = TimeSpan.FromMilliseconds(300);
        Assert.Equal(TimeSpan.Zero, CandidacyRule.Patience(WithoutServer0, Server(1), max));
        Assert.Equal(max, CandidacyRule.Patience(WithoutServer0, Server(0), max));
    }

    private static bool MayStand(NodeId server, long commit, params (long Index, ClusterConfiguration Configuration)[] configurations) =>
        CandidacyRule.MayStand([.. configurations.Select(each => (new LogIndex(each.Index), each.Configuration))], new(commit), server);
}
