using RaftCheck.Raft;
using static RaftCheck.Simulation.Tests.Oracle.OracleScript;

namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>One configuration at a time, and quorums that share a server (dissertation, chapter 4).</summary>
public sealed class ConfigurationSafetyTests
{
    private const string Name = "Configuration Safety";

    [Fact]
    public void A_leader_that_has_committed_an_entry_of_its_term_adds_one_configuration_after_another() =>
        Begun(Voters(0, 1, 2)).Change(0, 2, 1, Voters(0, 1)).Commit(0, 2).Change(0, 3, 1, Voters(0, 1, 3)).Commit(0, 3).IsLegal();

    [Fact]
    public void A_change_before_an_entry_of_the_leaders_own_term_is_committed_violates_it() =>
        Begun(Voters(0, 1, 2)).Follower(0, 2).Leader(0, 3).Append(0, "2:3:b").IsLegal().Change(0, 3, 3, Voters(0, 1))
            .Violates(Name, "n0, leader of term 3, began a configuration at index 3, although it had committed no entry of that term: its commit index is 1.");

    [Fact]
    public void A_second_change_before_the_first_is_committed_violates_it() =>
        Begun(Voters(0, 1, 2, 3)).Change(0, 2, 1, Voters(0, 1, 2)).IsLegal().Change(0, 3, 1, Voters(0, 1))
            .Violates(Name, "n0, leader of term 1, began a configuration at index 3, although the one at index 2 was not committed: its commit index is 1.");

    [Fact]
    public void Two_voters_more_at_once_violate_it() =>
        Begun(Voters(0, 1, 2)).Change(0, 2, 1, Voters(0, 1, 2, 3, 4))
            .Violates(Name, "n0, leader of term 1, began the configuration (n0 n1 n2 n3 n4) at index 2 after (n0 n1 n2): n0 and n1 could decide without the new one's quorum of others.");

    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 0, 3, 4 })]
    public void Two_voters_replaced_or_removed_at_once_violate_it(int[] voters) =>
        Assert.True(Begun(Voters(0, 1, 2)).Change(0, 2, 1, Voters(voters)).IsViolated);

    [Fact]
    public void A_joint_configuration_and_leaving_it_are_legal() =>
        Begun(Voters(0, 1)).Change(0, 2, 1, Joint([2, 3], [0, 1])).Commit(0, 2).Change(0, 3, 1, Voters(2, 3)).IsLegal();

    [Fact]
    public void A_joint_configuration_that_leaves_out_old_voters_violates_it() =>
        Assert.True(Begun(Voters(0, 1, 2)).Change(0, 2, 1, Joint([3], [0])).IsViolated);

    [Fact]
    public void A_joint_configuration_that_is_left_for_voters_of_neither_side_violates_it() =>
        Assert.True(Begun(Voters(0, 1)).Change(0, 2, 1, Joint([2, 3], [0, 1])).Commit(0, 2).IsLegal().Change(0, 3, 1, Voters(4)).IsViolated);

    [Fact]
    public void A_follower_appends_what_it_is_sent() =>
        Begun(Voters(0, 1)).Follower(1, 1).Append(1, "1:1:a").Append(1, 2, 1, Voters(2, 3)).IsLegal();

    /// <summary>Server 0 leads term 1, and has committed an entry of it at index 1.</summary>
    private static OracleScript Begun(ClusterConfiguration configuration) =>
        About(Name, servers: 5).Use(configuration, 0, 0, 1).Leader(0, 1).Append(0, "1:1:a").Commit(0, 1);

    private static ClusterConfiguration Joint(int[] voters, int[] oldVoters) => ClusterConfiguration.Joint(
        voters.Select(voter => new NodeId(voter)), oldVoters.Select(voter => new NodeId(voter)), [], [], autoLeave: true);
}
