using RaftCheck.Raft;

namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>Which configuration a server goes by, and which may follow which (dissertation, §4.1 and §4.3).</summary>
public sealed class LatestConfigurationTests
{
    private const string Name = "Latest Configuration";

    private static readonly ClusterConfiguration Three = Of(0, 1, 2);

    [Fact]
    public void A_leader_that_has_committed_an_entry_of_its_term_adds_one_configuration_after_another() =>
        Begun().Change(0, 2, 1, Of(0, 1)).Commit(0, 2).Change(0, 3, 1, Three).Commit(0, 3).Change(0, 4, 1, Joint([0], [0, 1, 2])).Commit(0, 4).Change(0, 5, 1, Of(0)).IsLegal();

    [Fact]
    public void A_change_before_an_entry_of_the_leaders_own_term_is_committed_violates_it() =>
        Begun().Follower(0, 2).Leader(0, 3).Append(0, "2:3:b").IsLegal().Change(0, 3, 3, Of(0, 1))
            .Violates(Name, "n0 added the configuration (n0 n1) at index 3 in term 3, and had not committed an entry of that term.");

    [Fact]
    public void A_second_change_before_the_first_is_committed_violates_it() =>
        Begun().Change(0, 2, 1, Of(0, 1)).IsLegal().Change(0, 3, 1, Of(0))
            .Violates(Name, "n0 added the configuration (n0) at index 3, and the one before, at index 2, was not committed.");

    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 0, 3, 4 })]
    public void A_change_of_two_voters_at_once_violates_it(int[] voters) =>
        Begun().Change(0, 2, 1, Of(voters))
            .Violates(Name, $"n0 added the configuration {Of(voters)} at index 2 behind (n0 n1 n2): their quorums need not overlap.");

    [Fact]
    public void A_joint_configuration_that_leaves_out_an_old_voter_violates_it() =>
        Assert.True(Begun().Change(0, 2, 1, Joint([3], [0, 1])).IsViolated);

    [Fact]
    public void A_joint_configuration_that_is_left_for_another_than_the_new_one_violates_it() =>
        Assert.True(Begun().Change(0, 2, 1, Joint([3, 4], [0, 1, 2])).Commit(0, 2).IsLegal().Change(0, 3, 1, Of(3)).IsViolated);

    [Fact]
    public void A_configuration_that_is_not_used_at_once_violates_it() =>
        Begun().Append(1, "1:1:a").AppendConfiguration(1, 2, 1, Of(0, 1)).IsLegal().Candidate(1, 2)
            .Violates(Name, "n1 as candidate of term 2 goes by the configuration (n0 n1 n2) of index 0, and the latest one in its log is (n0 n1) of index 2.");

    [Fact]
    public void A_configuration_that_is_used_and_not_in_the_log_violates_it() =>
        Assert.True(Begun().Use(1, 3, Of(0, 1)).IsViolated);

    [Fact]
    public void A_configuration_that_is_truncated_away_and_still_used_violates_it() =>
        Begun().Append(1, "1:1:a").Change(1, 2, 1, Of(0, 1)).Truncate(1, 2).IsLegal().Candidate(1, 2)
            .Violates(Name, "n1 as candidate of term 2 goes by the configuration (n0 n1) of index 2, and the latest one in its log is the one that the cluster began with.");

    [Fact]
    public void The_configuration_before_is_used_again_when_the_latest_is_truncated_away() =>
        Begun().Append(1, "1:1:a").Change(1, 2, 1, Of(0, 1)).Truncate(1, 2).Use(1, 0, Three).Candidate(1, 2).IsLegal();

    [Fact]
    public void A_snapshot_holds_the_configuration_as_of_its_last_entry()
    {
        Committed().Snapshot(0, 2, 1, 2, Of(0, 1)).IsLegal();
        Committed().Snapshot(0, 1, 1, 0, Three).IsLegal();
        Committed().Snapshot(0, 1, 1, 2, Of(0, 1)).Violates(
            "Snapshot Safety",
            "n0 has a snapshot up to index 1 with the configuration (n0 n1) of index 2, and the latest one there is the one that the cluster began with.");
        Assert.True(Committed().Snapshot(0, 2, 1, 0, Three).IsViolated);
        Assert.True(Committed().Snapshot(0, 2, 1, 2, Three).IsViolated);
    }

    /// <summary>Server 0 leads, and has committed and applied a configuration at index 2.</summary>
    private static OracleScript Committed() => Begun().Change(0, 2, 1, Of(0, 1)).Commit(0, 2).Apply(0, "1:1:a").ApplyConfiguration(0, 2, 1, Of(0, 1));

    /// <summary>Server 0 leads term 1, and has committed an entry of it at index 1.</summary>
    private static OracleScript Begun() =>
        new OracleScript(5).Begin(0, Three).Begin(1, Three).Leader(0, 1).Append(0, "1:1:a").Commit(0, 1);

    private static ClusterConfiguration Of(params int[] voters) => ClusterConfiguration.Of(voters.Select(voter => new NodeId(voter)));

    private static ClusterConfiguration Joint(int[] voters, int[] oldVoters) => ClusterConfiguration.Joint(
        voters.Select(voter => new NodeId(voter)), oldVoters.Select(voter => new NodeId(voter)), [], [], autoLeave: true);
}
