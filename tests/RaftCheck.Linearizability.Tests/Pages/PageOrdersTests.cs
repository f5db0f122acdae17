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
        Model model = Models.Find(name, null).For(history);
        CheckResult result = LinearizabilityChecker.Check(history, model);

        foreach (Linearization order in result.Linearization)
            Assert.All(new PageOrders(model, history.NilReads, null).States(order.Operations), Assert.NotNull);
        if (result.FirstNonLinearizable is not Operation blocked) return;
        Value?[] states = [.. new PageOrders(model, history.NilReads, blocked.ReturnIndex).States(result.LongestPrefix)];
        Assert.All(states, Assert.NotNull);
        Assert.Equal(result.StateAfterPrefix, states.LastOrDefault() ?? model.Initial);
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
        Value?[] states = [.. new PageOrders(Models.Find("append-list", null), NilRead.Observed, null).States(history.Operations)];

        Assert.InRange(states.Length, 1000, 9_999);
        Assert.All(states, Assert.NotNull);
    }
}
