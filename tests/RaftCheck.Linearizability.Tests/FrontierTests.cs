namespace RaftCheck.Linearizability.Tests;

/// <summary>Proves the frontier against the general search, which is proved against the definition.</summary>
public sealed class FrontierTests
{
    [Theory]
    [InlineData("register", NilRead.Observed, CasFail.DidNotTakeEffect)]
    [InlineData("register", NilRead.Unconstrained, CasFail.DidNotTakeEffect)]
    [InlineData("cas-register", NilRead.Observed, CasFail.DidNotTakeEffect)]
    [InlineData("cas-register", NilRead.Unconstrained, CasFail.SeenToMismatch)]
    [InlineData("multi-register", NilRead.Observed, CasFail.DidNotTakeEffect)]
    [InlineData("kv", NilRead.Observed, CasFail.DidNotTakeEffect)]
    [InlineData("kv", NilRead.Observed, CasFail.SeenToMismatch)]
    [InlineData("mutex", NilRead.Observed, CasFail.DidNotTakeEffect)]
    public void The_frontier_agrees_with_the_search(string modelName, NilRead nilReads, CasFail casFail)
    {
        Model model = Models.Find(modelName);
        var seen = new Dictionary<SearchEnd, int>();
        for (int seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            int[] numbers = [.. Enumerable.Range(0, 40).Select(_ => random.Next())];
            History history = HistoryScript.Play(modelName, numbers, nilReads, operationsMax: 4 + (seed % 9), honest: seed % 3 == 0);
            foreach (Part part in Part.Split(history, model, casFail)) Compare(part, model, nilReads, history, seen);
        }

        Assert.True(seen[SearchEnd.Found] > 500 && seen[SearchEnd.Exhausted] > 500, string.Join(' ', seen));
    }

    [Theory]
    [InlineData("cas-register")]
    [InlineData("kv")]
    public void The_frontier_agrees_with_the_search_on_values_that_all_differ(string modelName)
    {
        Model model = Models.Find(modelName);
        var seen = new Dictionary<SearchEnd, int>();
        for (int seed = 0; seed < 3000; seed++)
        {
            History history = RandomRegister.Play(new Random(seed), modelName, operations: 6 + (seed % 10), processes: 2 + (seed % 5));
            foreach (Part part in Part.Split(history, model, CasFail.DidNotTakeEffect)) Compare(part, model, history.NilReads, history, seen);
        }

        Assert.True(seen[SearchEnd.Found] > 500 && seen[SearchEnd.Exhausted] > 500, string.Join(' ', seen));
    }

    private static void Compare(Part part, Model model, NilRead nilReads, History history, Dictionary<SearchEnd, int> seen)
    {
        var search = new Search(model, nilReads);
        SearchEnd expected = search.Run(part, Unlimited(), long.MaxValue);
        seen[expected] = seen.GetValueOrDefault(expected) + 1;
        var frontier = new FrontierJudge(part, model, nilReads);
        foreach (int width in (int[])[1, 3, int.MaxValue])
        {
            SearchEnd end = frontier.Run(width, long.MaxValue, Unlimited());
            // Whoever lets configurations go may not find an order, but knows that it does not know.
            if (end == SearchEnd.OutOfPatience && width < int.MaxValue) continue;
            Assert.True(expected == end, $"the search says {expected}, the frontier of width {width} {end}:\n{string.Join('\n', history.Events)}");
            int horizon = int.MaxValue;
            if (end == SearchEnd.Exhausted)
            {
                horizon = part.Operations[frontier.Blocked].Operation.ReturnIndex!.Value - 1;
                Assert.Equal(search.Blocked!.ReturnIndex, horizon + 1);
            }

            Value state = Certificate.AssertOrder(part.OperationsAt(frontier.Order), part, model, nilReads, horizon);
            Assert.Equal(state, frontier.StateAfter);
        }
    }

    private static Budget Unlimited() => new(long.MaxValue, long.MaxValue, new Deadline(null, default));
}
