namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>Leader Append-Only (Figure 3, §5.3): a leader never overwrites or deletes entries in its log.</summary>
public sealed class LeaderAppendOnlyTests
{
    [Fact]
    public void A_leader_that_deletes_its_entries_violates_it() =>
        OracleScript.About("Leader Append-Only").Leader(1, 2).Append(1, "1:2:a", "2:2:b", "3:2:c").IsLegal().Truncate(1, 2)
            .Violates("Leader Append-Only", "n1, leader of term 2, deleted its entries from index 2 to 3.");

    [Fact]
    public void A_follower_may_delete_and_overwrite() =>
        OracleScript.About("Leader Append-Only").Leader(0, 1).Append(0, "1:1:a").Append(1, "1:1:a", "2:1:b").Truncate(1, 2).Append(1, "2:2:c").IsLegal();

    [Fact]
    public void A_leader_that_stepped_down_may_delete_what_it_had_appended() =>
        OracleScript.About("Leader Append-Only").Leader(0, 1).Append(0, "1:1:a").Follower(0, 2).Truncate(0, 1).Append(0, "1:2:b").IsLegal();

    [Fact]
    public void A_leader_that_crashed_is_no_leader_when_it_comes_back() =>
        OracleScript.About("Leader Append-Only").Leader(0, 1).Append(0, "1:1:a", "2:1:b").Crash(0).Recover(0, 1, "1:1:a", "2:1:b").Truncate(0, 2).IsLegal();
}
