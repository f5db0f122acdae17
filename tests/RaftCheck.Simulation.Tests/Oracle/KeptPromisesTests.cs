namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>What a server has told others holds for good, through crashes too (Figure 2, persistent state).</summary>
public sealed class KeptPromisesTests
{
    private const string Name = "Kept Promises";

    [Fact]
    public void Two_votes_in_one_term_violate_it() =>
        new OracleScript().Vote(1, 4, 0).IsLegal().Vote(1, 4, 2)
            .Violates(Name, "n1 has given its vote in term 4 to n2, and had given it to n0 before.");

    [Fact]
    public void A_candidate_has_promised_its_vote_to_itself() =>
        new OracleScript().Vote(1, 4, 1).IsLegal().Vote(1, 4, 2)
            .Violates(Name, "n1 has given its vote in term 4 to n2, and had given it to n1 before.");

    [Fact]
    public void A_vote_that_is_repeated_or_of_another_term_is_legal() =>
        new OracleScript().Vote(1, 4, 0).Vote(1, 4, 0).Vote(1, 5, 2).Vote(1, 4, 0).Vote(2, 4, 2).IsLegal();

    [Fact]
    public void A_vote_that_a_crash_takes_back_violates_it() =>
        new OracleScript().Vote(1, 4, 0).Crash(1).Recover(1, 4)
            .Violates(Name, "n1 had given its vote in term 4 to n0, and came up in term 4 with its vote given to nobody.");

    [Fact]
    public void A_term_that_a_crash_takes_back_violates_it() =>
        new OracleScript().Vote(1, 4, 0).Crash(1).Recover(1, 3)
            .Violates(Name, "n1 had given its vote in term 4 to n0, and came up in term 3 with its vote given to nobody.");

    [Fact]
    public void A_vote_that_is_still_there_or_of_an_earlier_term_is_legal() =>
        new OracleScript().Vote(1, 4, 0).Crash(1).RecoverWithVote(1, 4, 0).Vote(1, 4, 0).Crash(1).Recover(1, 5).IsLegal();

    [Fact]
    public void An_acknowledged_entry_that_a_crash_takes_back_violates_it() =>
        new OracleScript().Follower(1, 2).Append(1, "1:1:a", "2:2:b").Acknowledge(1, 2, 2, 2).Crash(1).Recover(1, 2, "1:1:a")
            .Violates(Name, "n1 had acknowledged the entry at index 2 of term 2 in term 2, and came up without it: its log ends at index 1.");

    [Fact]
    public void An_acknowledged_entry_in_whose_place_another_one_comes_up_violates_it() =>
        new OracleScript().Follower(1, 3).Append(1, "1:2:a").Acknowledge(1, 3, 1, 2).Crash(1).Recover(1, 3, "1:3:b")
            .Violates(Name, "n1 had acknowledged the entry at index 1 of term 2 in term 3, and came up without it: another, of term 3, is there.");

    [Fact]
    public void A_term_in_which_a_server_acknowledged_entries_may_not_be_forgotten() =>
        new OracleScript().Follower(1, 3).Append(1, "1:2:a").Acknowledge(1, 3, 1, 2).Crash(1).Recover(1, 2, "1:2:a")
            .Violates(Name, "n1 had answered in term 3, and came up in term 2 with its vote given to nobody.");

    [Fact]
    public void An_entry_that_was_not_acknowledged_may_be_lost() =>
        new OracleScript().Follower(1, 2).Append(1, "1:2:a", "2:2:b").Acknowledge(1, 2, 1, 2).Crash(1).Recover(1, 2, "1:2:a").IsLegal();

    [Fact]
    public void An_acknowledged_entry_that_is_cut_off_in_the_same_term_violates_it() =>
        new OracleScript().Follower(1, 2).Append(1, "1:2:a", "2:2:b").Acknowledge(1, 2, 2, 2).IsLegal().Truncate(1, 2)
            .Violates(Name, "n1 has cut off its log behind index 1 in term 2, in which it had acknowledged the entries up to index 2.");

    [Fact]
    public void The_leader_of_a_later_term_may_have_it_cut_off_and_a_crash_may_take_that_back() =>
        new OracleScript().Follower(1, 2).Append(1, "1:2:a", "2:2:b").Acknowledge(1, 2, 2, 2)
            .Follower(1, 3).Truncate(1, 2).Crash(1).Recover(1, 3, "1:2:a").Crash(1).Recover(1, 3, "1:2:a", "2:2:b").IsLegal();

    [Fact]
    public void An_answer_that_leaves_when_its_entry_has_been_cut_off_promises_nothing() =>
        new OracleScript().Follower(1, 2).Append(1, "1:2:a").Follower(1, 3).Truncate(1, 1).Acknowledge(1, 2, 1, 2).Crash(1).Recover(1, 3).IsLegal();
}
