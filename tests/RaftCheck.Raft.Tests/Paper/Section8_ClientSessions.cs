using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>§8: linearizable semantics need commands that take effect once, though clients send them again.</summary>
public sealed class Section8_ClientSessions
{
    private readonly KeyValueStateMachine machine = new();
    private long index;

    [Fact]
    public void A_repeated_command_takes_effect_once()
    {
        var append = new KeyValueCommand(1, 1, KeyValueOperation.Append, "k", "a");
        Apply(append);
        Apply(append);
        Assert.Equal("a", Apply(new KeyValueCommand(1, 2, KeyValueOperation.Get, "k")).Value);
    }

    [Fact]
    public void A_repeated_command_gets_the_answer_that_the_first_one_got()
    {
        var cas = new KeyValueCommand(1, 1, KeyValueOperation.Cas, "k", "new", Expected: "");
        Assert.Equal(KeyValueOutcome.Ok, Apply(cas).Outcome);
        Assert.Equal(KeyValueOutcome.Ok, Apply(cas).Outcome);

        var get = new KeyValueCommand(1, 2, KeyValueOperation.Get, "k");
        Assert.Equal("new", Apply(get).Value);
        Apply(new KeyValueCommand(2, 1, KeyValueOperation.Put, "k", "newer"));
        Assert.Equal("new", Apply(get).Value);
    }

    [Fact]
    public void A_command_that_comes_after_a_later_one_of_its_client_does_nothing()
    {
        Apply(new KeyValueCommand(1, 2, KeyValueOperation.Put, "k", "later"));
        Assert.Equal(KeyValueOutcome.Stale, Apply(new KeyValueCommand(1, 1, KeyValueOperation.Put, "k", "earlier")).Outcome);
        Assert.Equal("later", Apply(new KeyValueCommand(1, 3, KeyValueOperation.Get, "k")).Value);
    }

    [Fact]
    public void Clients_have_sessions_of_their_own()
    {
        Apply(new KeyValueCommand(1, 1, KeyValueOperation.Append, "k", "a"));
        Apply(new KeyValueCommand(2, 1, KeyValueOperation.Append, "k", "b"));
        Assert.Equal("ab", Apply(new KeyValueCommand(1, 2, KeyValueOperation.Get, "k")).Value);
    }

    [Fact]
    public void A_command_that_entered_the_log_twice_takes_effect_once_through_the_node()
    {
        var node = new NodeUnderTest(servers: 1, stateMachine: machine);
        node.AwaitElection();
        var append = new KeyValueCommand(1, 1, KeyValueOperation.Append, "k", "a").Encode();
        node.Propose(append).Now();
        node.Propose(append).Now();
        var get = node.Propose(new KeyValueCommand(1, 2, KeyValueOperation.Get, "k").Encode()).Now();
        Assert.Equal("a", KeyValueResult.Decode(get.Result.Span).Value);
    }

    [Fact]
    public void The_operations_do_what_they_are_named_for()
    {
        Assert.Equal((KeyValueOutcome.Ok, ""), Next(KeyValueOperation.Get));
        Assert.Equal((KeyValueOutcome.Ok, ""), Next(KeyValueOperation.Put, "ä"));
        Assert.Equal((KeyValueOutcome.Ok, ""), Next(KeyValueOperation.Append, "b"));
        Assert.Equal((KeyValueOutcome.Ok, "äb"), Next(KeyValueOperation.Get));
        Assert.Equal((KeyValueOutcome.Mismatch, ""), Next(KeyValueOperation.Cas, "c", "b"));
        Assert.Equal((KeyValueOutcome.Ok, ""), Next(KeyValueOperation.Cas, "c", "äb"));
        Assert.Equal((KeyValueOutcome.Ok, "c"), Next(KeyValueOperation.Get));
        Assert.Equal((KeyValueOutcome.Ok, ""), Next(KeyValueOperation.Delete));
        Assert.Equal((KeyValueOutcome.Ok, ""), Next(KeyValueOperation.Get));
    }

    [Fact]
    public void A_command_says_by_which_entry_it_took_effect_also_when_it_is_repeated()
    {
        var append = new KeyValueCommand(1, 1, KeyValueOperation.Append, "k", "a");
        Apply(new KeyValueCommand(2, 1, KeyValueOperation.Put, "k", "b"));
        Assert.Equal((new Term(1), new LogIndex(2)), (Apply(append).Term, Apply(append).Index));
    }

    private (KeyValueOutcome, string) Next(KeyValueOperation operation, string value = "", string expected = "")
    {
        var result = Apply(new KeyValueCommand(1, index + 1, operation, "k", value, expected));
        return (result.Outcome, result.Value);
    }

    private KeyValueResult Apply(KeyValueCommand command)
    {
        index++;
        var result = machine.ApplyAsync(Entry(index, 1) with { Command = command.Encode() }).AsTask().Now();
        return KeyValueResult.Decode(result.Span);
    }
}
