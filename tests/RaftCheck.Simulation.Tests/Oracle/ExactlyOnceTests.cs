using RaftCheck.Raft;

namespace RaftCheck.Simulation.Tests.Oracle;

/// <summary>A command of a client session is executed at one index only (§8; dissertation, §6.3).</summary>
public sealed class ExactlyOnceTests
{
    private static readonly ClientSequence Command = new(7, 2);

    [Fact]
    public void A_command_that_is_executed_at_two_indices_violates_it() =>
        new OracleScript().Apply(0, "1:1:a", ApplyOutcome.Executed, 1, Command).IsLegal().Apply(0, "2:1:a", ApplyOutcome.Executed, 1, Command)
            .Violates("Exactly Once", "n0 executed command 2 of session 7 at index 2; it had been executed at index 1.");

    [Fact]
    public void Another_server_executes_it_at_the_same_index_and_a_repeated_one_is_not_executed() =>
        new OracleScript().Apply(0, "1:1:a", ApplyOutcome.Executed, 1, Command).Apply(1, "1:1:a", ApplyOutcome.Executed, 1, Command)
            .Apply(0, "2:1:a", ApplyOutcome.Duplicate, 1, Command).IsLegal();

    [Fact]
    public void Commands_without_a_session_are_executed_each_time() => new OracleScript().Apply(0, "1:1:a", "2:1:a").IsLegal();
}
