namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>Election Safety (Figure 3, §5.2): at most one leader can be elected in a given term.</summary>
public sealed class ElectionSafetyTests
{
    [Fact]
    public void Two_leaders_of_one_term_violate_it() =>
        OracleScript.About("Election Safety").Candidate(0, 4).Leader(0, 4).Follower(1, 4).IsLegal().Leader(1, 4)
            .Violates("Election Safety", "n1 became leader of term 4, of which n0 had become leader before.");

    [Fact]
    public void A_leader_that_crashed_still_was_the_leader_of_its_term() =>
        OracleScript.About("Election Safety").Leader(2, 4).Crash(2).Recover(2, 4).IsLegal().Leader(0, 4)
            .Violates("Election Safety", "n0 became leader of term 4, of which n2 had become leader before.");

    [Fact]
    public void Each_term_may_have_a_leader_and_an_old_leader_may_not_know_yet()
    {
        var script = OracleScript.About("Election Safety").Leader(0, 1).Leader(1, 2).Leader(2, 3).Leader(0, 4).IsLegal();
        Assert.Equal(4, script.Elections);
    }

    [Fact]
    public void A_term_may_have_two_candidates_and_no_leader() =>
        OracleScript.About("Election Safety").Candidate(0, 1).Candidate(1, 1).Candidate(0, 2).Leader(0, 2).IsLegal();
}
