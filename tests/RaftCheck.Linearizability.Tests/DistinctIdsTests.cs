namespace RaftCheck.Linearizability.Tests;

/// <summary>Proves the judge of unique ids against the general search, and that it is near-linear.</summary>
public sealed class DistinctIdsTests
{
    [Fact]
    public void It_agrees_with_the_search_on_random_histories()
    {
        var proof = new MonitorProof("unique-ids", new DistinctIds(), "#{3}");
        for (int seed = 0; seed < 2000; seed++) proof.Compare(Ids(new Random(seed), 3 + (seed % 8), 4, mostIds: 3 + (seed % 90)), checksCulprits: true);
        Assert.True(proof is { Left: 0, Found: > 300, Exhausted: > 300, Unproved: 0 }, proof.ToString());
    }

    [Fact]
    public void A_long_history_is_judged_without_any_search_and_so_is_one_with_a_late_violation()
    {
        Model model = Models.Find("unique-ids");
        History history = Ids(new Random(1), 200_000, 8, mostIds: 0);
        CheckResult result = LinearizabilityChecker.Check(history, model);
        Assert.Equal(Verdict.Linearizable, result.Verdict);
        Assert.Equal(["distinct-ids"], result.Methods);

        HistoryEvent[] returns = [.. history.Events.Where(static e => e.Type == EventType.Ok && !e.Value.IsNil)];
        History broken = History.FromEvents(history.Events.Select(e => e == returns[^1] ? e with { Value = returns[0].Value } : e));
        CheckResult violation = LinearizabilityChecker.Check(broken, model);
        Assert.Equal(returns[^1].Index, violation.FirstNonLinearizable?.ReturnIndex);
        Assert.Equal([returns[0].Index, returns[^1].Index], violation.Culprits.Select(static operation => operation.ReturnIndex ?? -1).Order());
        Assert.Equal(returns.Length - 1, violation.StateAfterPrefix?.Items.Length);
    }

    /// <summary>Ids from 0 up to a limit at random; all different if there is none.</summary>
    private static History Ids(Random random, int operations, int processes, int mostIds)
    {
        var events = new List<HistoryEvent>();
        var isPending = new bool[processes];
        int next = 0;
        for (int started = 0; started < operations || isPending.Contains(true);)
        {
            int slot = random.Next(processes);
            if (!isPending[slot] && started++ >= operations) continue;
            isPending[slot] = !isPending[slot];
            bool isLost = random.Next(20) == 0;
            EventType type = isPending[slot] ? EventType.Invoke : isLost && mostIds > 0 ? EventType.Fail : EventType.Ok;
            // Now and then one completes without saying which id it was given.
            Value id = type != EventType.Ok || isLost ? Value.Nil : Value.Of(mostIds > 0 ? random.Next(mostIds) : next++);
            events.Add(new HistoryEvent(events.Count, type, slot, "generate", null, id, -1, null));
        }

        return History.FromEvents(events, NilRead.Observed);
    }
}
