namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>
/// Log Matching (Figure 3, §5.3): if two logs contain an entry with the same index and term, then the logs are identical in
/// all entries up through the given index.
/// </summary>
public sealed class LogMatchingTests
{
    [Fact]
    public void Another_command_at_the_same_index_and_term_violates_it() =>
        new OracleScript().Append(0, "1:1:a").IsLegal().Append(2, "1:1:b")
            .Violates("Log Matching", "The logs of n2 and n0 both have an entry of index 1 and term 1, but are not identical up to it.");

    [Fact]
    public void The_same_entry_above_a_different_past_violates_it() =>
        new OracleScript().Append(0, "1:1:a", "2:3:c").Append(1, "1:2:b").IsLegal().Append(1, "2:3:c")
            .Violates("Log Matching", "The logs of n1 and n0 both have an entry of index 2 and term 3, but are not identical up to it.");

    [Fact]
    public void A_log_that_a_disk_brought_back_is_checked_too() =>
        new OracleScript().Append(0, "1:1:a", "2:1:b").IsLegal().Recover(1, 1, "1:2:x", "2:1:b")
            .Violates("Log Matching", "The logs of n1 and n0 both have an entry of index 2 and term 1, but are not identical up to it.");

    [Fact]
    public void An_entry_that_was_truncated_is_remembered() =>
        new OracleScript().Append(0, "1:1:a").Truncate(0, 1).IsLegal().Append(1, "1:1:b")
            .Violates("Log Matching", "The logs of n1 and n0 both have an entry of index 1 and term 1, but are not identical up to it.");

    [Fact]
    public void Logs_that_differ_from_some_index_on_by_their_terms_are_legal() => // Figure 7.
        new OracleScript(4).Append(0, "1:1:a", "2:1:b", "3:4:c").Append(1, "1:1:a", "2:1:b").Append(2, "1:1:a", "2:2:x", "3:2:y").Append(3, "1:1:a", "2:1:b", "3:3:z").IsLegal();

    [Fact]
    public void A_follower_that_overwrites_its_tail_with_the_leaders_is_legal() =>
        new OracleScript().Append(0, "1:1:a", "2:3:c").Append(1, "1:1:a", "2:2:b").Truncate(1, 2).Append(1, "2:3:c").IsLegal();

    [Fact]
    public void A_log_that_lost_its_tail_in_a_crash_is_legal() =>
        new OracleScript().Append(0, "1:1:a", "2:1:b").Crash(0).Recover(0, 1, "1:1:a").Append(0, "2:2:c").IsLegal();
}
