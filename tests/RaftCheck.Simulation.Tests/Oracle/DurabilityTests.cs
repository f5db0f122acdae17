namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>What a server has said is on its disk is there when it comes up again (Figure 2).</summary>
public sealed class DurabilityTests
{
    [Fact]
    public void An_entry_that_was_on_disk_and_is_gone_violates_it() =>
        new OracleScript().Append(0, "1:1:a", "2:1:b").Persist(0, 2).Crash(0).IsLegal().Recover(0, 1, "1:1:a")
            .Violates("Durability", "n0 came up with its log up to index 1, although it was on its disk up to index 2.");

    [Fact]
    public void Another_entry_in_its_place_violates_it() =>
        new OracleScript().Append(0, "1:1:a", "2:1:b").Persist(0, 2).Crash(0).IsLegal().Recover(0, 1, "1:1:a", "2:1:c", "3:1:d")
            .Violates("Durability", "n0 came up with another log than it had: up to index 2 it was on its disk.");

    [Fact]
    public void A_vote_that_was_given_and_is_gone_violates_it() =>
        new OracleScript().Grant(0, 3, 1).Crash(0).IsLegal().Recover(0, 3)
            .Violates("Durability", "n0 came up without the vote that it had given to n1 in term 3.");

    [Fact]
    public void A_term_of_an_answer_that_is_gone_violates_it() =>
        new OracleScript().Answer(0, 3).Crash(0).IsLegal().Recover(0, 2)
            .Violates("Durability", "n0 came up in term 2, although it had answered in term 3.");

    [Fact]
    public void What_was_not_on_disk_yet_may_be_lost_or_not() =>
        new OracleScript().Append(0, "1:1:a", "2:1:b").Persist(0, 1).Append(1, "1:1:a", "2:1:b").Persist(1, 1).Crash(0).Crash(1)
            .Recover(0, 1, "1:1:a").Recover(1, 1, "1:1:a", "2:1:b").IsLegal();

    [Fact]
    public void What_was_truncated_may_be_there_again_or_not() =>
        new OracleScript().Append(0, "1:1:a", "2:1:b").Persist(0, 2).Truncate(0, 2).Append(0, "2:2:c").Crash(0).Recover(0, 2, "1:1:a", "2:1:b").IsLegal();

    [Fact]
    public void A_vote_and_a_term_that_are_still_there_are_legal() =>
        new OracleScript().Answer(0, 2).Grant(0, 3, 1).Crash(0).Recover(0, 3, votedFor: 1).Crash(0).Recover(0, 4).IsLegal();
}
