using RaftCheck.Raft;
using static RaftCheck.Simulation.Tests.Oracle.OracleScript;

namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>One configuration at a time, and quorums that share a server (dissertation, chapter 4).</summary>
public sealed class ConfigurationSafetyTests
{
    [Fact]
    public void A_second_change_before_the_first_is_committed_violates_it() =>
        new OracleScript(4).Leader(0, 1).Append(0, 1, 1, Voters(0, 1, 2)).Use(Voters(0, 1, 2), 1, 0).IsLegal().Append(0, 2, 1, Voters(0, 1))
            .Violates("Configuration Safety", "n0, leader of term 1, began a configuration at index 2, although the one at index 1 was not committed: its commit index is 0.");

    [Fact]
    public void Two_voters_at_once_violate_it() =>
        new OracleScript(5).Use(Voters(0, 1, 2), 0, 0).Leader(0, 1).IsLegal().Append(0, 1, 1, Voters(0, 1, 2, 3, 4))
            .Violates("Configuration Safety", "n0, leader of term 1, began the configuration (n0 n1 n2 n3 n4) at index 1 after (n0 n1 n2): n0 and n1 could decide without the new one's quorum of others.");

    [Fact]
    public void One_voter_more_or_less_is_legal() =>
        new OracleScript(4).Use(Voters(0, 1, 2), 0, 0).Leader(0, 1).Append(0, 1, 1, Voters(0, 1)).Append(0, 2, 1, Voters(0, 1, 2, 3)).IsLegal();

    [Fact]
    public void A_joint_configuration_and_leaving_it_are_legal()
    {
        var joint = ClusterConfiguration.Joint([new NodeId(2), new NodeId(3)], [new NodeId(0), new NodeId(1)], [], [], autoLeave: true);
        new OracleScript(4).Use(Voters(0, 1), 0, 0).Leader(0, 1).Append(0, 1, 1, joint).Use(joint, 0, 0).Append(0, 2, 1, Voters(2, 3)).IsLegal();
    }

    [Fact]
    public void A_follower_appends_what_it_is_sent() =>
        new OracleScript(4).Use(Voters(0, 1), 0, 0).Follower(0, 1).Append(0, 1, 1, Voters(2, 3)).IsLegal();
}
