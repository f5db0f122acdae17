using RaftCheck.Raft;
using RaftCheck.RaftSystem;

namespace RaftCheck.Simulation.Tests.Oracle;

public sealed class OracleTests
{
    [Fact]
    public void The_oracle_checks_the_five_properties_of_Figure_3_and_more() => Assert.Equal(
        [
            "Election Safety", "Leader Append-Only", "Log Matching", "Leader Completeness", "State Machine Safety", "One Vote a Term",
            "Monotonic State", "Durability", "Quorum Durability", "Snapshot Safety", "Configuration Safety", "Lease Safety",
            "Exactly Once", "Equal Replicas",
        ],
        new RaftSystemUnderTest().Properties);

    [Fact]
    public void The_leader_is_who_leads_in_the_latest_term()
    {
        var script = new OracleScript();
        Assert.Null(script.Oracle.FindLeader());
        Assert.Equal(new NodeId(1), script.Leader(1, 2).Oracle.FindLeader());
        Assert.Equal(new NodeId(2), script.Leader(2, 3).Oracle.FindLeader());
        Assert.Equal(new NodeId(1), script.Crash(2).Oracle.FindLeader());
        Assert.Null(script.Follower(1, 3).Oracle.FindLeader());
    }

    [Fact]
    public void The_abstract_state_knows_roles_and_comparisons_and_not_how_far_the_numbers_have_counted()
    {
        var early = new OracleScript().Leader(0, 1).Append(0, "1:1:a");
        var late = new OracleScript().Follower(1, 7).Follower(2, 7).Leader(0, 8);
        late.Append(0, "1:7:a", "2:8:b").Append(1, "1:7:a").Append(2, "1:7:a");
        Assert.Equal(early.Oracle.AbstractState, late.Oracle.AbstractState);
        Assert.NotEqual(late.Oracle.AbstractState, late.Append(1, "2:8:b").Oracle.AbstractState);
        Assert.NotEqual(early.Oracle.AbstractState, early.Follower(0, 1).Oracle.AbstractState);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void A_server_that_commits_beyond_the_end_of_its_log_is_a_violation_and_not_an_exception(int committedBefore)
    {
        var script = OracleScript.About("Leader Completeness").Leader(0, 1).Append(0, "1:1:a", "2:1:b").Append(1, "1:1:a").Commit(0, committedBefore).IsLegal();
        Assert.Null(Record.Exception(() => script.Commit(1, 2)));
        Assert.True(script.IsViolated);
    }

    [Fact]
    public void A_server_that_commits_another_entry_than_was_committed_there_is_a_violation()
    {
        var script = OracleScript.About("Leader Completeness").Leader(0, 1).Append(0, "1:1:a").Append(1, "1:2:b").Commit(0, 1).IsLegal();
        Assert.True(script.Follower(1, 2).Commit(1, 1).IsViolated);
    }
}
