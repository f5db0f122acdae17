namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>
/// State Machine Safety (Figure 3, §5.4.3): if a server has applied a log entry at a given index to its state machine, no
/// other server will ever apply a different log entry for the same index.
/// </summary>
public sealed class StateMachineSafetyTests
{
    [Fact]
    public void Another_entry_at_the_same_index_violates_it() =>
        new OracleScript().Apply(0, "1:1:a", "2:1:b").Apply(1, "1:1:a").IsLegal().Apply(1, "2:3:c")
            .Violates("State Machine Safety", "n1 applied an entry of term 3 at index 2, where n0 had applied another, of term 1.");

    [Fact]
    public void Another_command_in_the_same_term_violates_it_too() =>
        new OracleScript().Apply(0, "1:1:a").IsLegal().Apply(1, "1:1:b")
            .Violates("State Machine Safety", "n1 applied an entry of term 1 at index 1, where n0 had applied another, of term 1.");

    [Fact]
    public void A_server_that_contradicts_what_it_applied_before_its_crash_violates_it() =>
        new OracleScript().Apply(0, "1:1:a").Crash(0).Recover(0, 2, "1:2:b").IsLegal().Apply(0, "1:2:b")
            .Violates("State Machine Safety", "n0 applied an entry of term 2 at index 1, where n0 had applied another, of term 1.");

    [Fact]
    public void A_gap_violates_it() =>
        new OracleScript().Apply(0, "1:1:a").IsLegal().Apply(0, "3:1:c")
            .Violates("State Machine Safety", "n0 applied index 3 after index 1: entries must be applied in log order, each once.");

    [Fact]
    public void Applying_an_entry_twice_violates_it() =>
        new OracleScript().Apply(0, "1:1:a").IsLegal().Apply(0, "1:1:a")
            .Violates("State Machine Safety", "n0 applied index 1 after index 1: entries must be applied in log order, each once.");

    [Fact]
    public void The_same_entries_at_any_pace_are_legal() =>
        new OracleScript().Apply(0, "1:1:a", "2:1:b").Apply(1, "1:1:a").Apply(2, "1:1:a", "2:1:b", "3:2:c").Apply(1, "2:1:b", "3:2:c").IsLegal();

    [Fact]
    public void A_restarted_server_applies_everything_again() =>
        new OracleScript().Apply(0, "1:1:a", "2:1:b").Crash(0).Recover(0, 1, "1:1:a", "2:1:b").Apply(0, "1:1:a", "2:1:b").IsLegal();
}
