namespace RaftCheck.Linearizability.Tests;

/// <summary>
/// Proves the zones against the definition and against the general search: for every history of up to three operations,
/// for a share of those of four, and for random ones of up to nine.
/// </summary>
public sealed class ZonesTests
{
    private const int KindsPerOperation = 3;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 61)]
    public void Zones_agree_with_the_search_on_every_small_history(int operations, int everyNth)
    {
        // Every order of calls and returns, every kind of operation, every value that it may find, every one of them
        // returning or not.
        var judged = new Tallied();
        long number = 0;
        foreach (int[] returnsBefore in SmallHistories.Interleavings(operations))
        {
            int found = operations + 1;
            int choices = KindsPerOperation * found * 2;
            for (long script = 0; script < (long)Math.Pow(choices, operations); script++)
            {
                if (number++ % everyNth != 0) continue;
                if (SmallHistories.Register(returnsBefore, script, choices, found) is History history) Compare(history, judged, byDefinition: operations < 3);
            }
        }

        judged.AssertBothVerdicts();
    }

    [Theory]
    [InlineData("cas-register")]
    [InlineData("kv")]
    public void Zones_agree_with_the_search_on_random_histories(string model)
    {
        var judged = new Tallied();
        for (int seed = 0; seed < 6000; seed++)
        {
            History history = RandomRegister.Play(new Random(seed), model, operations: 5 + (seed % 5), processes: 2 + (seed % 3));
            Compare(history, judged, byDefinition: seed % 8 == 0, model);
        }

        judged.AssertBothVerdicts();
    }

    [Fact]
    public void A_long_history_is_judged_without_any_search()
    {
        History history = RandomRegister.Play(new Random(1), "register", operations: 20_000, processes: 12, lies: false);
        CheckResult result = LinearizabilityChecker.Check(history, Models.Find("register"));
        Assert.Equal(Verdict.Linearizable, result.Verdict);
        Assert.Equal(["zones"], result.Methods);
        Assert.Equal(0, result.StatesExplored);
        Certificate.AssertExplains(history, Models.Find("register"), result);
    }

    private static void Compare(History history, Tallied tallied, bool byDefinition, string modelName = "cas-register")
    {
        Model model = Models.Find(modelName);
        foreach (Part part in Part.Split(history, model, CasFail.DidNotTakeEffect))
        {
            FastVerdict? verdict = new Zones().Judge(part, model, history.NilReads, new Budget(long.MaxValue, long.MaxValue, new Deadline(null, default)));
            if (verdict is null)
            {
                tallied.NotApplicable++;
                continue;
            }

            var search = new Search(model, history.NilReads);
            SearchEnd expected = search.Run(part, new Budget(long.MaxValue, long.MaxValue, new Deadline(null, default)), long.MaxValue);
            Assert.True(expected == verdict.End, $"the search says {expected}, zones {verdict.End}:\n{string.Join('\n', history.Events)}");
            if (byDefinition && part.Operations.Count == history.Operations.Count)
                Assert.Equal(BruteForce.IsLinearizable(history, modelName, CasFail.DidNotTakeEffect), verdict.End == SearchEnd.Found);
            CheckOrder(part, model, history, verdict, search);
            tallied.Count(verdict.End);
        }
    }

    private static void CheckOrder(Part part, Model model, History history, FastVerdict verdict, Search search)
    {
        bool isFound = verdict.End == SearchEnd.Found;
        Operation[] order = part.OperationsAt(isFound ? verdict.Positions : verdict.Prefix);
        if (!isFound && verdict.Blocked < 0) return;
        int horizon = isFound ? int.MaxValue : part.Operations[verdict.Blocked].Operation.ReturnIndex!.Value - 1;
        if (!isFound) Assert.Equal(search.Blocked!.ReturnIndex, horizon + 1);
        Certificate.AssertOrder(order, part, model, history.NilReads, horizon);
    }

    private sealed class Tallied
    {
        private int _found;
        private int _exhausted;

        public int NotApplicable { get; set; }

        public void Count(SearchEnd end)
        {
            if (end == SearchEnd.Found) _found++;
            else _exhausted++;
        }

        public void AssertBothVerdicts()
        {
            Assert.True(_found > 1 && _exhausted > 1, $"{_found} linearizable, {_exhausted} not, {NotApplicable} not applicable");
            Assert.True(_found + _exhausted > NotApplicable / 2, $"{_found} linearizable, {_exhausted} not, {NotApplicable} not applicable");
        }
    }
}
