namespace RaftCheck.Linearizability.Tests;

/// <summary>Proves that the streaming checker knows of every prefix what the checker says of it.</summary>
public sealed class StreamingTests
{
    [Theory]
    [InlineData("register")]
    [InlineData("cas-register")]
    [InlineData("multi-register")]
    [InlineData("kv")]
    [InlineData("mutex")]
    public void Every_prefix_has_the_verdict_that_the_checker_gives_it(string modelName)
    {
        Model model = Models.Find(modelName);
        int violations = 0;
        for (int seed = 0; seed < 900; seed++)
        {
            var random = new Random(seed);
            int[] numbers = [.. Enumerable.Range(0, 50).Select(_ => random.Next())];
            NilRead nilReads = seed % 2 == 0 ? NilRead.Observed : NilRead.Unconstrained;
            var options = new CheckOptions { CasFail = seed % 4 < 2 ? CasFail.DidNotTakeEffect : CasFail.SeenToMismatch };
            History history = HistoryScript.Play(modelName, numbers, nilReads, operationsMax: 4 + (seed % 11), honest: seed % 3 == 0);
            if (Follow(history, model, options) == Verdict.NotLinearizable) violations++;
        }

        Assert.InRange(violations, 100, 800);
    }

    [Theory]
    [InlineData("cas-register")]
    [InlineData("kv")]
    public void So_it_does_when_many_clients_write_values_that_all_differ(string modelName)
    {
        Model model = Models.Find(modelName);
        int violations = 0;
        for (int seed = 0; seed < 500; seed++)
        {
            History history = RandomRegister.Play(new Random(seed), modelName, operations: 6 + (seed % 14), processes: 2 + (seed % 5), lies: seed % 2 == 0);
            if (Follow(history, model, CheckOptions.Default) == Verdict.NotLinearizable) violations++;
        }

        Assert.InRange(violations, 50, 450);
    }

    [Fact]
    public void More_pending_operations_than_a_word_has_bits_are_no_obstacle()
    {
        Model model = Models.Find("register");
        var checker = new StreamingChecker(model);
        int index = 0;
        void Add(EventType type, int process, string f, Value value) =>
            checker.Add(new HistoryEvent(index++, type, process, f, null, value, -1, null));
        for (int i = 0; i < 150; i++) Add(EventType.Invoke, i, "write", Value.Of(i));
        for (int i = 0; i < 100; i++) Add(EventType.Info, i, "write", Value.Nil);
        for (int i = 0; i < 40; i++)
        {
            Add(EventType.Invoke, 1000, "read", Value.Nil);
            Add(EventType.Ok, 1000, "read", Value.Of(i * 3));
            Assert.Equal(Verdict.Linearizable, checker.Verdict);
        }

        // What was written once cannot be there again after something else was.
        Add(EventType.Invoke, 1000, "read", Value.Nil);
        Add(EventType.Ok, 1000, "read", Value.Of(3));
        Assert.Equal(Verdict.NotLinearizable, checker.Verdict);
    }

    [Fact]
    public void A_long_history_costs_in_proportion_to_its_length()
    {
        Model model = Models.Find("cas-register");
        long Explored(int operations)
        {
            var checker = new StreamingChecker(model);
            foreach (HistoryEvent e in RandomRegister.Play(new Random(7), "cas-register", operations, processes: 6, lies: false, infos: false).Events) checker.Add(e);
            Assert.Equal(Verdict.Linearizable, checker.Verdict);
            return checker.StatesExplored;
        }

        long few = Explored(500);
        Assert.InRange(Explored(4000), 6 * few, 10 * few);
    }

    [Fact]
    public void A_limit_ends_it_undecided()
    {
        var checker = new StreamingChecker(Models.Find("cas-register"), options: new() { MaxStates = 20 });
        foreach (HistoryEvent e in RandomRegister.Play(new Random(7), "cas-register", 200, processes: 6, lies: false).Events) checker.Add(e);
        Assert.Equal(Verdict.Undecided, checker.Verdict);
        Assert.Equal(20, checker.StatesExplored);
    }

    [Fact]
    public void A_line_that_does_not_fit_is_refused()
    {
        var checker = new StreamingChecker(Models.Find("register"));
        Assert.Throws<HistoryFormatException>(() => checker.Add(new HistoryEvent(0, EventType.Ok, 0, "read", null, Value.Nil, -1, null)));
        Assert.Throws<HistoryFormatException>(() => checker.Add(new HistoryEvent(1, EventType.Invoke, 0, "push", null, Value.Nil, -1, null)));
    }

    private static Verdict Follow(History history, Model model, CheckOptions options)
    {
        var checker = new StreamingChecker(model, history.NilReads, options);
        for (int i = 0; i < history.Events.Count; i++)
        {
            checker.Add(history.Events[i]);
            CheckResult expected = LinearizabilityChecker.Check(History.FromEvents(history.Events.Take(i + 1), history.NilReads), model, options);
            Assert.True(expected.Verdict == checker.Verdict, $"at event {i} the checker says {expected.Verdict}, the streaming one {checker.Verdict}:\n{string.Join('\n', history.Events)}");
            if (expected.Verdict == Verdict.NotLinearizable) break;
        }

        return checker.Verdict;
    }
}
