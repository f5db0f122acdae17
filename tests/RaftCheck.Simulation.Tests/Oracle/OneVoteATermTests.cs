namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>A server votes for at most one candidate in a given term (Figure 2, RequestVote; §5.2), also if it restarts in between.</summary>
public sealed class OneVoteATermTests
{
    [Fact]
    public void A_second_vote_in_a_term_violates_it() =>
        new OracleScript().Grant(0, 2, 1).IsLegal().Grant(0, 2, 2)
            .Violates("One Vote a Term", "n0 gave n2 its vote in term 2, although n1 had received it before.");

    [Fact]
    public void A_leader_that_has_voted_for_another_counts_a_second_vote() =>
        new OracleScript().Grant(0, 2, 1).IsLegal().Leader(0, 2)
            .Violates("One Vote a Term", "n0 gave n0 its vote in term 2, although n1 had received it before.");

    [Fact]
    public void The_same_vote_again_and_votes_in_other_terms_are_legal() =>
        new OracleScript().Grant(0, 2, 1).Grant(0, 2, 1).Grant(0, 3, 2).Grant(1, 2, 1).IsLegal();

    [Fact]
    public void Answers_may_leave_in_another_order_than_the_votes_were_given() => new OracleScript().Grant(0, 3, 2).Grant(0, 2, 1).IsLegal();
}
