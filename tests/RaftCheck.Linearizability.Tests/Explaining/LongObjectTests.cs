namespace RaftCheck.Linearizability.Tests;

public sealed class LongObjectTests
{
    [Theory]
    [InlineData("queue", 100)]
    [InlineData("stack", 100)]
    [InlineData("priority-queue", 2000)]
    [InlineData("set", 300)]
    [InlineData("counter", 400)]
    [InlineData("append-list", 300)]
    [InlineData("kv", 300)]
    [InlineData("list-append", 100)]
    [InlineData("multi-register", 1000)]
    public void A_late_violation_of_a_long_history_has_a_small_core(string name, int operations)
    {
        History history = Play(name, operations);
        Model model = Linearizability.Models.Find(name);
        CheckResult result = LinearizabilityChecker.Check(history, model, new() { MaxStates = 3_000_000 });
        Assert.Equal(Verdict.NotLinearizable, result.Verdict);
        Explanation explanation = Explanation.Of(history, model, result);
        Assert.True(explanation.IsMinimal);
        Assert.InRange(explanation.Core.Count, 1, 3);
    }

    [Theory]
    [InlineData("g-set", "did not find")]
    [InlineData("append-list", "had been acknowledged before it began")]
    public void A_lost_element_of_a_large_set_or_list_is_explained_without_following_its_states(string name, string says)
    {
        (_, History broken, Operation lost) = LongGrowth.WithLastRead(new GrowthScript(name).Random(new Random(3), 20_000, 8, 0, 100, 100_000));
        Model model = Linearizability.Models.Find(name);
        Explanation explanation = Explanation.Of(broken, model, LinearizabilityChecker.Check(broken, model));
        Assert.True(explanation.IsMinimal);
        Assert.Equal([lost.Id, broken.Operations.Count - 1], explanation.Core.Select(static operation => operation.Id));
        Assert.Contains(says, explanation.Sentence, StringComparison.Ordinal);
    }

    /// <summary>Three honest processes, two of whose operations overlap now and then, and a lie at the end.</summary>
    private static History Play(string model, int operations)
    {
        var random = new Random(5);
        var events = new List<HistoryEvent>();
        var held = new List<long>();
        (int Process, string F, string? Key, Value Result)? open = null;
        for (int i = 0; i <= operations; i++)
        {
            bool lies = i == operations;
            int process = i % 3;
            bool reads = lies || random.Next(2) == 0;
            (string f, Value input, Value result) = Next(model, i, reads, lies, held);
            string? key = model == "kv" ? "k" : null;
            events.Add(new HistoryEvent(events.Count, EventType.Invoke, process, f, key, input, -1, null));
            if (open is var (other, g, k, returned)) events.Add(new HistoryEvent(events.Count, EventType.Ok, other, g, k, returned, -1, null));
            open = null;
            if (!lies && random.Next(3) == 0) open = (process, f, key, result);
            else events.Add(new HistoryEvent(events.Count, EventType.Ok, process, f, key, result, -1, null));
        }

        return History.FromEvents(events);
    }

    private static (string F, Value Input, Value Result) Next(string model, int i, bool reads, bool lies, List<long> held)
    {
        Value List(IEnumerable<long> items) => Value.List([.. items.Select(static item => Value.Of(item))]);
        Value Txn(string f, Value value) => Value.List(Value.List(Value.Keyword(f), Value.Keyword("x"), value));
        // The lie forgets the first that is there, or takes the wrong one.
        IEnumerable<long> seen = lies ? held.Skip(1) : held;
        switch (model)
        {
            case "set": if (reads) return ("read", Value.Nil, List(seen)); break;
            case "append-list": if (reads) return ("read", Value.Nil, List(seen)); break;
            case "list-append": if (reads) return ("txn", Txn("r", Value.Nil), Txn("r", List(seen))); break;
            case "kv": if (reads) return ("get", Value.Nil, Value.Of(string.Concat(seen.Select(static item => $"<{item}>")))); break;
            case "counter": if (reads) return ("read", Value.Nil, Value.Of(held.Count + (lies ? 3 : 0))); break;
            case "multi-register": if (reads) return ("txn", Txn("r", Value.Nil), Txn("r", held.Count == 0 ? Value.Nil : Value.Of(held[lies ? 0 : ^1]))); break;
            default:
                if (!reads || (held.Count < 3 && !lies)) break;
                int at = model switch { "queue" => lies ? 1 : 0, "stack" => lies ? 0 : held.Count - 1, _ => lies ? 1 : held.IndexOf(held.Min()) };
                long taken = lies && model == "priority-queue" ? held.Max() : held[at];
                held.Remove(taken);
                return (model switch { "queue" => "dequeue", "stack" => "pop", _ => "delete-min" }, Value.Nil, Value.Of(taken));
        }

        held.Add(i);
        Value written = Value.Of(i);
        return model switch
        {
            "queue" => ("enqueue", written, written),
            "stack" => ("push", written, written),
            "priority-queue" => ("insert", written, written),
            "set" => ("add", written, written),
            "counter" => ("increment", Value.Nil, Value.Nil),
            "kv" => ("append", Value.Of($"<{i}>"), Value.Of($"<{i}>")),
            "list-append" => ("txn", Txn("append", written), Txn("append", written)),
            "multi-register" => ("txn", Txn("w", written), Txn("w", written)),
            _ => ("append", written, written),
        };
    }
}
