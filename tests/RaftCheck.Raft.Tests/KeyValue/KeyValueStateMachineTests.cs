using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.KeyValue;

public sealed class KeyValueStateMachineTests
{
    private readonly KeyValueStateMachine machine = new();

    [Fact]
    public void The_operations_do_what_they_are_named_for()
    {
        Assert.Equal((KeyValueOutcome.Ok, ""), Apply(KeyValueOperation.Get));
        Assert.Equal((KeyValueOutcome.Ok, ""), Apply(KeyValueOperation.Put, "ä"));
        Assert.Equal((KeyValueOutcome.Ok, ""), Apply(KeyValueOperation.Append, "b"));
        Assert.Equal((KeyValueOutcome.Ok, "äb"), Apply(KeyValueOperation.Get));
        Assert.Equal((KeyValueOutcome.Mismatch, ""), Apply(KeyValueOperation.Cas, "c", "b"));
        Assert.Equal((KeyValueOutcome.Ok, ""), Apply(KeyValueOperation.Cas, "c", "äb"));
        Assert.Equal((KeyValueOutcome.Ok, "c"), Apply(KeyValueOperation.Get));
        Assert.Equal((KeyValueOutcome.Ok, ""), Apply(KeyValueOperation.Delete));
        Assert.Equal((KeyValueOutcome.Ok, ""), Apply(KeyValueOperation.Get));
    }

    [Fact]
    public void A_result_names_the_entry_that_it_is_of()
    {
        var entry = Entry(7, 3) with { Command = new KeyValueCommand(KeyValueOperation.Get, "k").Encode() };
        var result = KeyValueResult.Decode(machine.ApplyAsync(entry).AsTask().Now().Span);
        Assert.Equal((new Term(3), new LogIndex(7)), (result.Term, result.Index));
    }

    [Fact]
    public void A_command_reads_back_as_it_was_written()
    {
        var command = new KeyValueCommand(KeyValueOperation.Cas, "ключ", "värde", "");
        Assert.Equal(command, KeyValueCommand.Decode(command.Encode().Span));
    }

    private (KeyValueOutcome, string) Apply(KeyValueOperation operation, string value = "", string expected = "")
    {
        var entry = Entry(1, 1) with { Command = new KeyValueCommand(operation, "k", value, expected).Encode() };
        var result = KeyValueResult.Decode(machine.ApplyAsync(entry).AsTask().Now().Span);
        return (result.Outcome, result.Value);
    }
}
