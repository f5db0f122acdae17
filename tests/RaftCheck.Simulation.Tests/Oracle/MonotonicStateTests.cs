namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>What only rises (Figure 2, State): a server's term, and, while its process lives, its commit index.</summary>
public sealed class MonotonicStateTests
{
    [Fact]
    public void A_lower_term_violates_it() =>
        new OracleScript().Follower(1, 4).IsLegal().Candidate(1, 3).Violates("Monotonic State", "n1 went back from term 4 to term 3.");

    [Fact]
    public void A_lower_commit_index_violates_it() =>
        new OracleScript().Append(1, "1:1:a", "2:1:b").Commit(1, 2).IsLegal().Commit(1, 1)
            .Violates("Monotonic State", "n1 went back from commit index 2 to 1.");

    [Fact]
    public void A_restarted_server_commits_from_the_beginning() =>
        new OracleScript().Follower(1, 4).Append(1, "1:1:a", "2:1:b").Commit(1, 2).Crash(1).Recover(1, 4, "1:1:a", "2:1:b").Follower(1, 4).Commit(1, 1).IsLegal();
}
