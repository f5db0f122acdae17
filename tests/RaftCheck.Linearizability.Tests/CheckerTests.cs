namespace RaftCheck.Linearizability.Tests;

public sealed class CheckerTests
{
    private const string StaleRead =
        """
        {"type":"invoke","process":0,"f":"put","key":"x","value":"a"}
        {"type":"ok","process":0,"f":"put","key":"x","value":"a"}
        {"type":"invoke","process":1,"f":"get","key":"y"}
        {"type":"ok","process":1,"f":"get","key":"y","value":""}
        {"type":"invoke","process":1,"f":"get","key":"x"}
        {"type":"ok","process":1,"f":"get","key":"x","value":""}
        """;

    [Fact]
    public void A_stale_read_is_found_and_explained()
    {
        CheckResult result = LinearizabilityChecker.Check(Reading.Read(StaleRead).History, Models.Find("kv"));
        Assert.Equal((Verdict.NotLinearizable, "x"), (result.Verdict, result.Partition));
        Assert.Equal(5, result.FirstNonLinearizable?.ReturnIndex);
        Assert.Equal(0, Assert.Single(result.LongestPrefix).Id);
        Assert.Equal(
            "Key \"x\": no order explains 'process 1: get \"x\" -> \"\"' (events 4 to 5) together with all that returned before it: "
            + "the longest order that fits has 1 operation and ends with the state \"a\", by the model 'kv'.",
            result.Explanation);
    }

    [Fact]
    public void A_failed_cas_says_something_about_the_state_only_if_it_was_seen_to_mismatch()
    {
        const string Cas = "{:process 0 :type :invoke :f :cas :value [1 2]} {:process 0 :type :fail :f :cas :value [1 2] ";
        Model model = Models.Find("cas-register", "1");
        Verdict Judge(string error, CasFail casFail) =>
            LinearizabilityChecker.Check(Reading.Read(Cas + error + "}").History, model, new() { CasFail = casFail }).Verdict;
        Assert.Equal(Verdict.Linearizable, Judge("", CasFail.DidNotTakeEffect));
        Assert.Equal(Verdict.Linearizable, Judge(":error :no-leader", CasFail.DidNotTakeEffect));
        Assert.Equal(Verdict.NotLinearizable, Judge("", CasFail.SeenToMismatch));
        Assert.Equal(Verdict.NotLinearizable, Judge(":error :mismatch", CasFail.DidNotTakeEffect));
        Assert.Equal(Verdict.NotLinearizable, Judge(":error \"mismatch\"", CasFail.DidNotTakeEffect));
    }

    [Fact]
    public void What_a_nil_read_says_depends_on_the_format()
    {
        Model model = Models.Find("register", "0");
        Assert.Equal(Verdict.Linearizable, LinearizabilityChecker.Check(Reading.Read("{:process 0 :type :invoke :f :read} {:process 0 :type :ok :f :read :value nil}").History, model).Verdict);
        Assert.Equal(Verdict.NotLinearizable, LinearizabilityChecker.Check(Reading.Read("INFO jepsen.util - 0 :invoke :read nil\nINFO jepsen.util - 0 :ok :read nil\n").History, model).Verdict);
    }

    [Fact]
    public void An_empty_history_is_linearizable() =>
        Assert.Equal(Verdict.Linearizable, LinearizabilityChecker.Check(History.FromEvents([]), Models.Find("kv")).Verdict);

    [Fact]
    public void A_search_that_runs_out_of_states_memory_or_time_is_undecided()
    {
        History history = Hard(18);
        Model model = Models.Find("kv");
        CheckResult states = LinearizabilityChecker.Check(history, model, new() { MaxStates = 100 });
        Assert.Equal((Verdict.Undecided, 100), (states.Verdict, states.StatesExplored));
        Assert.Contains("limit of 100 configurations", states.Explanation, StringComparison.Ordinal);
        CheckResult memory = LinearizabilityChecker.Check(history, model, new() { MemoryLimitBytes = 100_000 });
        Assert.Equal(Verdict.Undecided, memory.Verdict);
        Assert.Contains("100,000 bytes of memory", memory.Explanation, StringComparison.Ordinal);
        CheckResult time = LinearizabilityChecker.Check(history, model, new() { Timeout = TimeSpan.FromMilliseconds(20) });
        Assert.Equal(Verdict.Undecided, time.Verdict);
        Assert.Contains("time limit of 0.02 s", time.Explanation, StringComparison.Ordinal);
        Assert.Equal(Verdict.Undecided, LinearizabilityChecker.Check(history, model, new() { Timeout = TimeSpan.Zero }).Verdict);
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearizabilityChecker.Check(history, model, new() { MaxStates = -1 }));
    }

    [Fact]
    public void A_violation_of_one_key_is_found_though_another_key_is_beyond_the_memory()
    {
        History hard = Hard(16);
        IEnumerable<HistoryEvent> events = hard.Events
            .Append(new HistoryEvent(100, EventType.Invoke, 50, "get", "small", Value.Nil, -1, null))
            .Append(new HistoryEvent(101, EventType.Ok, 50, "get", "small", Value.Of("7"), -1, null));
        CheckResult result = LinearizabilityChecker.Check(History.FromEvents(events), Models.Find("kv"), new() { MemoryLimitBytes = 100_000 });
        Assert.Equal((Verdict.NotLinearizable, "small"), (result.Verdict, result.Partition));
    }

    [Fact]
    public void A_cancelled_check_gives_no_verdict()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.ThrowsAny<OperationCanceledException>(() => LinearizabilityChecker.Check(Hard(20), Models.Find("kv"), null, cancellation.Token));
    }

    [Fact]
    public async Task The_same_history_gives_the_same_result_on_any_number_of_threads()
    {
        History history = Hard(7);
        Model model = Models.Find("kv");
        CheckResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LinearizabilityChecker.Check(history, model))));
        Assert.All(results, result => Assert.Equal(Verdict.NotLinearizable, result.Verdict));
        Assert.Single(results.Select(result => (result.StatesExplored, result.Explanation, string.Join(' ', result.LongestPrefix.Select(o => o.Id)))).Distinct());
    }

    /// <summary>Appends that are all concurrent, and then a read of what nobody wrote: every order of them is tried.</summary>
    private static History Hard(int appends)
    {
        var events = new List<HistoryEvent>();
        void Add(EventType type, long process, string f, string value) =>
            events.Add(new HistoryEvent(events.Count, type, process, f, "hard", Value.Of(value), -1, null));
        for (int i = 0; i < appends; i++) Add(EventType.Invoke, i, "append", $"{(char)('a' + i)}");
        for (int i = 0; i < appends; i++) Add(EventType.Ok, i, "append", $"{(char)('a' + i)}");
        Add(EventType.Invoke, 0, "get", "");
        Add(EventType.Ok, 0, "get", "never");
        return History.FromEvents(events);
    }
}
