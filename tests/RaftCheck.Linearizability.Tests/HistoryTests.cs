namespace RaftCheck.Linearizability.Tests;

public sealed class HistoryTests
{
    [Fact]
    public void Calls_are_paired_with_the_next_line_of_their_process()
    {
        History history = History.FromEvents(
        [
            Event(0, EventType.Invoke, 1, "write", 5),
            Event(2, EventType.Invoke, 0, "read", null),
            Event(3, EventType.Info, HistoryEvent.NemesisProcess, "kill", null),
            Event(4, EventType.Ok, 0, "read", 5),
            Event(5, EventType.Info, 1, "write", null),
            Event(6, EventType.Invoke, 0, "write", 6),
        ]);
        Assert.Equal([(0, 5), (2, 4), (6, null)], history.Operations.Select(o => (o.InvokeIndex, o.ReturnIndex)));
        Assert.Equal([Completion.Info, Completion.Ok, Completion.None], history.Operations.Select(o => o.Completion));
        Assert.Equal([null, Value.Of(5), null], history.Operations.Select(o => o.Output));
        Assert.Equal([true, false, true], history.Operations.Select(o => o.IsIndeterminate));
        Assert.Equal("process 0: read -> 5", history.Operations[1].ToString());
        Assert.Single(history.Nemesis);
    }

    [Fact]
    public void A_process_may_go_on_after_it_did_not_know() => Assert.Equal(2, History.FromEvents(
    [
        Event(0, EventType.Invoke, 1, "write", 5), Event(1, EventType.Info, 1, "write", null), Event(2, EventType.Invoke, 1, "write", 6),
    ]).Operations.Count);

    [Theory]
    [InlineData(EventType.Ok, 7, "read", 1, "event 1: process 7 returns (ok read) without a call")]
    [InlineData(EventType.Invoke, 0, "write", 1, "event 1: process 0 invokes write while its read (event 0) is pending")]
    [InlineData(EventType.Fail, 0, "write", 1, "event 1: process 0 returns from write but had invoked read (event 0)")]
    [InlineData(EventType.Ok, 0, "read", 0, "event 0: the index 0 does not rise above 0")]
    public void A_history_that_contradicts_itself_is_an_error(EventType type, long process, string f, int index, string message)
    {
        HistoryEvent[] events = [Event(0, EventType.Invoke, 0, "read", null), Event(index, type, process, f, null)];
        Assert.Equal(message, Assert.Throws<HistoryFormatException>(() => History.FromEvents(events)).Message);
    }

    [Fact]
    public void A_return_with_another_key_than_its_call_is_an_error() =>
        Assert.Throws<HistoryFormatException>(() => History.FromEvents(
        [
            Event(0, EventType.Invoke, 0, "get", null) with { Key = "a" }, Event(1, EventType.Ok, 0, "get", null) with { Key = "b" },
        ]));

    private static HistoryEvent Event(int index, EventType type, long process, string f, long? value) =>
        new(index, type, process, f, null, value is long number ? Value.Of(number) : Value.Nil, -1, null);
}
