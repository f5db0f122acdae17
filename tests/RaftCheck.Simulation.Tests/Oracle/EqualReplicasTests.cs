using RaftCheck.Raft;

namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>At equal index the state machines are equal, and an entry's outcome is the same everywhere (§2).</summary>
public sealed class EqualReplicasTests
{
    [Fact]
    public void Another_state_at_the_same_index_violates_it() =>
        Applied().Apply(1, "1:1:a", ApplyOutcome.Executed, 10).IsLegal().Apply(1, "2:1:b", ApplyOutcome.Executed, 21)
            .Violates("Equal Replicas", "At index 2 the state machine of n1 differs from what that of n0 was there.");

    [Fact]
    public void Another_outcome_at_the_same_index_violates_it() =>
        Applied().IsLegal().Apply(1, "1:1:a", ApplyOutcome.SessionExpired, 10)
            .Violates("Equal Replicas", "At index 1 n1 came to SessionExpired, and n0 to Executed.");

    [Fact]
    public void A_snapshot_that_gives_another_state_than_the_log_violates_it() =>
        Applied().IsLegal().Restore(1, 2, 1, 21).Violates("Equal Replicas", "At index 2 the state machine of n1 differs from what that of n0 was there.");

    [Fact]
    public void The_same_states_by_whichever_way_are_legal() =>
        Applied().Restore(1, 2, 1, 20).Apply(1, "3:1:c", ApplyOutcome.Executed, 30).Apply(0, "3:1:c", ApplyOutcome.Executed, 30).IsLegal();

    private static OracleScript Applied() => new OracleScript().Apply(0, "1:1:a", ApplyOutcome.Executed, 10).Apply(0, "2:1:b", ApplyOutcome.Executed, 20);
}
