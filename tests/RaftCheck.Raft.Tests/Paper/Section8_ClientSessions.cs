using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>§8: linearizable semantics need commands that take effect once, though clients send them again.</summary>
public sealed class Section8_ClientSessions
{
    private readonly SessionedStore store = new();

    [Fact]
    public void A_repeated_command_takes_effect_once()
    {
        var client = store.Register();
        store.Apply(client, 1, KeyValueOperation.Append, "a");
        store.Apply(client, 1, KeyValueOperation.Append, "a");
        Assert.Equal("a", store.Value());
    }

    [Fact]
    public void A_repeated_command_gets_the_answer_that_the_first_one_got()
    {
        var (client, other) = (store.Register(), store.Register());
        Assert.Equal(KeyValueOutcome.Ok, store.Apply(client, 1, KeyValueOperation.Cas, "new", expected: "").Result?.Outcome);
        Assert.Equal(KeyValueOutcome.Ok, store.Apply(client, 1, KeyValueOperation.Cas, "new", expected: "").Result?.Outcome);

        Assert.Equal("new", store.Apply(client, 2, KeyValueOperation.Get).Result?.Value);
        store.Apply(other, 1, KeyValueOperation.Put, "newer");
        Assert.Equal("new", store.Apply(client, 2, KeyValueOperation.Get).Result?.Value);
    }

    [Fact]
    public void A_command_that_comes_after_a_later_one_of_its_client_does_nothing()
    {
        var client = store.Register();
        store.Apply(client, 2, KeyValueOperation.Put, "later");
        Assert.Null(store.Apply(client, 1, KeyValueOperation.Put, "earlier").Result);
        Assert.Equal("later", store.Value());
    }

    [Fact]
    public void Clients_have_sessions_of_their_own()
    {
        var (client, other) = (store.Register(), store.Register());
        store.Apply(client, 1, KeyValueOperation.Append, "a");
        store.Apply(other, 1, KeyValueOperation.Append, "b");
        Assert.Equal("ab", store.Value());
    }

    [Fact]
    public void A_command_says_by_which_entry_it_took_effect_also_when_it_is_repeated()
    {
        var client = store.Register();
        var first = store.Apply(client, 1, KeyValueOperation.Append, "a").Result;
        Assert.Equal(new LogIndex(2), first?.Index);
        Assert.Equal(first, store.Apply(client, 1, KeyValueOperation.Append, "a").Result);
    }
}
