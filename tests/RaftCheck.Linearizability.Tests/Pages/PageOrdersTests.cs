using FsCheck.Xunit;

namespace RaftCheck.Linearizability.Tests.Pages;

public class PageOrdersTests
{
    private static readonly string[] ModelNames = ["register", "cas-register", "kv", "mutex", "multi-register"];

    [Property(MaxTest = 300)]
    public void The_states_of_an_order_lead_to_the_one_that_the_checker_found(List<int> numbers, int which)
    {
        string name = ModelNames[(which & int.MaxValue) % ModelNames.Length];
        History history = HistoryScript.Play(name, numbers, NilRead.Observed, 8);
        AssertLeadsThere(history, name);
    }

    [Theory]
    [InlineData("queue")]
    [InlineData("stack")]
    [InlineData("priority-queue")]
    [InlineData("set")]
    [InlineData("counter")]
    [InlineData("append-list")]
    [InlineData("fenced-mutex")]
    [InlineData("reentrant-mutex")]
    [InlineData("unique-ids")]
    public void So_do_those_of_objects_of_all_kinds(string name)
    {
        for (int seed = 0; seed < 300; seed++) AssertLeadsThere(ObjectScript.Play(name, new Random(seed), 6), name);
    }

    private static void AssertLeadsThere(History history, string name)
    {
        Model model = Models.Find(name, null).For(history);
        CheckResult result = LinearizabilityChecker.Check(history, model);

        foreach (Linearization order in result.Linearization)
            Assert.All(new PageOrders(model, history.NilReads).States(order.Operations), Assert.NotNull);
        if (result.FirstNonLinearizable is not Operation blocked) return;
        Value?[] states = [.. new PageOrders(model, history.NilReads).States(result.LongestPrefix, result.StateAfterPrefix, blocked.ReturnIndex ?? int.MaxValue)];
        Assert.All(states, Assert.NotNull);
        Assert.Equal(result.StateAfterPrefix, states.LastOrDefault() ?? model.Initial);
    }

    [Fact]
    public void An_operation_that_returned_after_the_check_had_ended_is_played_as_the_check_had_it()
    {
        History history = Reading.Read("""
            {"type":"invoke","process":0,"f":"generate"}
            {"type":"invoke","process":1,"f":"generate"}
            {"type":"ok","process":1,"f":"generate","value":1}
            {"type":"ok","process":0,"f":"generate","value":2}
            """).History;
        var orders = new PageOrders(Models.Find("unique-ids", null), NilRead.Observed);

        Assert.Equal("#{1 2}", orders.States(history.Operations, Value.Set(Value.Of(1), Value.Of(2)), 2)[^1]!.ToString());
        Assert.Equal("#{1}", orders.States(history.Operations, Value.Set(Value.Of(1)), 2)[^1]!.ToString());
    }

    [Fact]
    public void States_that_are_too_large_to_play_them_all_are_left_out()
    {
        var events = new List<HistoryEvent>();
        for (int i = 0; i < 10_000; i++)
        {
            events.Add(new(2 * i, EventType.Invoke, 0, "append", null, Value.Of(i), -1, null));
            events.Add(new((2 * i) + 1, EventType.Ok, 0, "append", null, Value.Of(i), -1, null));
        }

        History history = History.FromEvents(events);
        Value?[] states = [.. new PageOrders(Models.Find("append-list", null), NilRead.Observed).States(history.Operations)];

        Assert.InRange(states.Length, 1000, 9_999);
        Assert.All(states, Assert.NotNull);
    }
}
