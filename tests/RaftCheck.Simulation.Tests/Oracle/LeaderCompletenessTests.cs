namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>
/// Leader Completeness (Figure 3, §5.4): if a log entry is committed in a given term, then that entry will be present in
/// the logs of the leaders for all higher-numbered terms.
/// </summary>
public sealed class LeaderCompletenessTests
{
    [Fact]
    public void A_leader_whose_log_is_too_short_violates_it() =>
        CommittedByN0().Leader(2, 2)
            .Violates("Leader Completeness", "n2 is leader of term 2, but its log ends at index 1: the entries up to index 2 were committed in term 1 by n0.");

    [Fact]
    public void A_leader_whose_log_differs_violates_it() =>
        CommittedByN0().Candidate(2, 2).Append(2, "2:2:x", "3:2:y").Leader(2, 3)
            .Violates("Leader Completeness", "n2 is leader of term 3, but its log differs there: the entries up to index 2 were committed in term 1 by n0.");

    [Fact]
    public void A_commit_of_an_old_term_that_a_later_leader_does_not_have_violates_it() => // The old leader counts its replies late.
        OracleScript.About("Leader Completeness").Leader(0, 1).Append(0, "1:1:a").Append(1, "1:1:a").Leader(2, 2).IsLegal().Commit(0, 1)
            .Violates("Leader Completeness", "n2 is leader of term 2, but its log ends at index 0: the entries up to index 1 were committed in term 1 by n0.");

    [Fact]
    public void A_leader_that_lost_a_committed_entry_in_a_crash_violates_it() =>
        CommittedByN0().Crash(1).Recover(1, 1, "1:1:a").IsLegal().Leader(1, 2)
            .Violates("Leader Completeness", "n1 is leader of term 2, but its log ends at index 1: the entries up to index 2 were committed in term 1 by n0.");

    [Fact]
    public void A_leader_that_has_everything_committed_is_legal() =>
        CommittedByN0().Leader(1, 2).IsLegal();

    [Fact]
    public void What_was_never_committed_a_leader_need_not_have() =>
        OracleScript.About("Leader Completeness").Leader(0, 1).Append(0, "1:1:a", "2:1:b").Append(2, "1:1:a").Commit(0, 1).Leader(2, 2).IsLegal();

    [Fact]
    public void A_leader_elected_late_in_an_old_term_owes_nothing_of_later_terms() =>
        OracleScript.About("Leader Completeness", servers: 5).Leader(0, 3).Append(0, "1:3:a").Append(1, "1:3:a").Append(2, "1:3:a").Commit(0, 1)
            .Leader(4, 2).IsLegal();

    [Fact]
    public void A_leader_of_the_very_term_of_the_commit_owes_nothing_to_it() => // That there are two is the other property's affair.
        CommittedByN0().Leader(2, 1).IsLegal();

    [Fact]
    public void An_old_leader_that_does_not_know_yet_owes_nothing_to_commits_of_later_terms() =>
        OracleScript.About("Leader Completeness").Leader(0, 1).Append(0, "1:1:x").Leader(1, 2).Append(1, "1:2:a").Append(2, "1:2:a").Commit(1, 1).IsLegal();

    [Fact]
    public void An_entry_counts_as_committed_from_the_earliest_term_in_which_anyone_committed_it() => // n3 had led term 2, and counts its replies late.
        OracleScript.About("Leader Completeness", servers: 4).Leader(3, 2).Append(3, "1:2:a").Append(0, "1:2:a").Leader(0, 4).Commit(0, 1).Commit(3, 1).IsLegal().Leader(1, 3)
            .Violates("Leader Completeness", "n1 is leader of term 3, but its log ends at index 0: the entries up to index 1 were committed in term 2 by n0.");

    [Fact]
    public void Each_entry_is_counted_as_committed_once_however_many_servers_commit_it() =>
        Assert.Equal(2, CommittedByN0().Commit(1, 1).Commit(1, 2).Commit(0, 2).Commits);

    /// <summary>n0, leader of term 1, has committed two entries with n1; n2 has the first.</summary>
    private static OracleScript CommittedByN0() =>
        OracleScript.About("Leader Completeness").Leader(0, 1).Follower(1, 1).Follower(2, 1).Append(0, "1:1:a", "2:1:b").Append(1, "1:1:a", "2:1:b").Append(2, "1:1:a").Commit(0, 2).IsLegal();
}
