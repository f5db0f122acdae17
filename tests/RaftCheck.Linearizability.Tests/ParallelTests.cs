namespace RaftCheck.Linearizability.Tests;

public sealed class ParallelTests
{
    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 700L)]
    [InlineData(true, 700L)]
    public void The_result_does_not_depend_on_how_many_parts_are_judged_at_once(bool isBroken, long? maxStates)
    {
        History history = ManyKeys(isBroken);
        Model model = Models.Find("kv");
        CheckResult[] results = [.. new[] { 1, 2, 5 }.Select(threads =>
            LinearizabilityChecker.Check(history, model, new() { Parallelism = threads, MaxStates = maxStates }))];
        Assert.Equal(maxStates is not null ? Verdict.Undecided : isBroken ? Verdict.NotLinearizable : Verdict.Linearizable, results[0].Verdict);
        Assert.Single(results.Select(static result => (
            result.Verdict,
            result.Explanation,
            result.Partition,
            result.StatesExplored,
            string.Join(' ', result.Methods),
            string.Join(' ', result.LongestPrefix.Select(static operation => operation.Id)),
            string.Join(' ', result.Linearization.SelectMany(static order => order.Operations).Select(static operation => operation.Id)))).Distinct());
    }

    [Fact]
    public void A_model_that_throws_ends_the_check_on_any_number_of_threads()
    {
        foreach (int threads in (int[])[1, 3])
            Assert.Throws<InvalidOperationException>(() => LinearizabilityChecker.Check(ManyKeys(false), new Throwing(), new() { Parallelism = threads }));
    }

    /// <summary>Forty keys, some of them with values that repeat, so that search and zones both have work.</summary>
    private static History ManyKeys(bool isBroken)
    {
        var events = new List<HistoryEvent>();
        void Add(EventType type, int process, string f, string key, string value) =>
            events.Add(new HistoryEvent(events.Count, type, process, f, key, Value.Of(value), -1, null));
        var random = new Random(4);
        for (int round = 0; round < 70; round++)
        {
            for (int key = 0; key < 40; key++)
            {
                int process = 3 * key;
                string name = $"k{key}";
                string value = key % 2 == 0 ? $"{round}" : $"{random.Next(3)}";
                Add(EventType.Invoke, process, "put", name, value);
                Add(EventType.Invoke, process + 1, "get", name, "");
                Add(EventType.Ok, process, "put", name, value);
                Add(EventType.Ok, process + 1, "get", name, isBroken && key is 20 or 21 or 30 && isBroken && round == 60 ? "lost" : value);
            }
        }

        return History.FromEvents(events);
    }

    private sealed class Throwing() : Model("throwing", Value.Nil)
    {
        public override Value? Step(Value state, in Call call) => throw new InvalidOperationException("a broken model");

        public override string? Complaint(Operation operation) => null;
    }
}
