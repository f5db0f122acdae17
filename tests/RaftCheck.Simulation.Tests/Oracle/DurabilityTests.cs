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
        new OracleScript().Acknowledge(0, 3, 0, 0).Crash(0).IsLegal().Recover(0, 2)
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
        new OracleScript().Acknowledge(0, 2, 0, 0).Grant(0, 3, 1).Crash(0).Recover(0, 3, votedFor: 1).Crash(0).Recover(0, 4).IsLegal();

    [Fact]
    public void An_entry_that_is_acknowledged_and_not_on_disk_violates_it() =>
        new OracleScript().Follower(1, 2).Append(1, "1:2:a", "2:2:b").Persist(1, 1).Acknowledge(1, 2, 1, 2).IsLegal().Acknowledge(1, 2, 2, 2)
            .Violates("Durability", "n1 acknowledged the entry at index 2 in term 2, but its log was on its disk up to index 1 only.");

    [Fact]
    public void An_acknowledged_entry_that_is_cut_off_in_the_same_term_violates_it() =>
        Acknowledged().IsLegal().Truncate(1, 2)
            .Violates("Durability", "n1 cut off its log from index 2 on in term 2, in which it had acknowledged the entries up to index 2.");

    [Fact]
    public void The_leader_of_a_later_term_may_have_it_cut_off() => Acknowledged().Follower(1, 3).Truncate(1, 2).IsLegal();

    [Fact]
    public void An_answer_that_leaves_when_its_entry_has_been_cut_off_promises_nothing() =>
        new OracleScript().Follower(1, 2).Append(1, "1:2:a").Follower(1, 3).Truncate(1, 1).Acknowledge(1, 2, 1, 2).Crash(1).Recover(1, 3).IsLegal();

    private static OracleScript Acknowledged() =>
        new OracleScript().Follower(1, 2).Append(1, "1:2:a", "2:2:b").Persist(1, 2).Acknowledge(1, 2, 2, 2);
}
