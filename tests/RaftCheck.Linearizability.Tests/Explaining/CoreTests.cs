namespace RaftCheck.Linearizability.Tests;

public sealed class CoreTests
{
    public static TheoryData<string> EveryModel => new(Linearizability.Models.All.Select(static info => info.Name));

    [Theory, MemberData(nameof(EveryModel))]
    public void Both_cores_are_what_they_are_said_to_be_on_hundreds_of_violations(string name)
    {
        Model model = Linearizability.Models.Find(name);
        int violations = 0;
        int smaller = 0;
        for (int seed = 0; seed < 1500; seed++)
        {
            History history = RandomHistory.Play(name, seed);
            CheckResult result = LinearizabilityChecker.Check(history, model);
            if (result.Verdict != Verdict.NotLinearizable) continue;
            violations++;
            Explanation explanation = Explanation.Of(history, model, result);
            Assert.True(explanation.IsMinimal);
            CoreCheck.AssertCore(history, model, result, explanation);
            CoreCheck.AssertLiteralCore(history, model, explanation);
            CoreCheck.AssertPartial(history, model, result, explanation);
            Assert.EndsWith(".", explanation.Sentence, StringComparison.Ordinal);
            if (explanation.Core.Count < history.Operations.Count / 2) smaller++;
        }

        Assert.True(violations > 100, $"only {violations} violations");
        Assert.True(smaller > violations / 4, $"only {smaller} of {violations} cores are small");
    }

    [Fact]
    public void Who_runs_out_of_budget_has_a_contradiction_all_the_same()
    {
        Model model = Linearizability.Models.Find("cas-register");
        int unfinished = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            History history = RandomHistory.Play("cas-register", seed);
            CheckResult result = LinearizabilityChecker.Check(history, model);
            if (result.Verdict != Verdict.NotLinearizable) continue;
            for (long states = 0; states < 60; states += 1 + (states / 2))
            {
                Explanation explanation = Explanation.Of(history, model, result, new() { MaxStates = states });
                if (!explanation.IsMinimal) unfinished++;
                Assert.Equal(Verdict.NotLinearizable, LinearizabilityChecker.Check(CoreCheck.Only(history, explanation.Core.Select(static o => o.Id)), model).Verdict);
                Assert.Equal(Verdict.NotLinearizable, LinearizabilityChecker.Check(CoreCheck.Only(history, explanation.LiteralCore.Select(static o => o.Id)), model).Verdict);
                if (explanation.IsMinimal) CoreCheck.AssertLiteralCore(history, model, explanation);
            }
        }

        Assert.True(unfinished > 100);
    }

    [Fact]
    public void The_same_violation_has_the_same_explanation()
    {
        Model model = Linearizability.Models.Find("kv");
        for (int seed = 0; seed < 100; seed++)
        {
            History history = RandomHistory.Play("kv", seed);
            CheckResult result = LinearizabilityChecker.Check(history, model);
            if (result.Verdict == Verdict.NotLinearizable) Assert.Equal(Print(Explanation.Of(history, model, result)), Print(Explanation.Of(history, model, result)));
        }

        static string Print(Explanation e) =>
            $"{e.Sentence} {string.Join(' ', e.Core.Concat(e.Context).Concat(e.LiteralCore))} {string.Join(' ', e.Ladder)} {string.Join('|', e.PartialLinearizations.Select(static each => string.Join(' ', each.Operations)))} {e.StatesExplored}";
    }

    [Fact]
    public void A_write_that_explains_a_read_is_not_thrown_away_to_make_a_contradiction()
    {
        // The second write of 1 explains the first read of it; what is wrong comes later.
        Model model = Linearizability.Models.Find("register");
        var events = new List<HistoryEvent>();
        foreach ((string f, long value) in new[] { ("write", 1L), ("write", 2), ("write", 1), ("read", 1), ("write", 3), ("read", 2) })
        {
            events.Add(new HistoryEvent(events.Count, EventType.Invoke, 0, f, null, f == "read" ? Value.Nil : Value.Of(value), -1, null));
            events.Add(new HistoryEvent(events.Count, EventType.Ok, 0, f, null, Value.Of(value), -1, null));
        }

        History history = History.FromEvents(events);
        Explanation explanation = Explanation.Of(history, model, LinearizabilityChecker.Check(history, model));
        Assert.Equal([4, 5], explanation.Core.Select(static operation => operation.Id));
        Assert.Equal([1], explanation.Context.Select(static operation => operation.Id));
        Assert.Equal([5], explanation.LiteralCore.Select(static operation => operation.Id));
    }

    [Fact]
    public void Only_a_violation_can_be_explained_and_a_cancelled_explanation_is_none()
    {
        Model model = Linearizability.Models.Find("register");
        History pass = History.FromEvents([]);
        Assert.Throws<ArgumentException>(() => Explanation.Of(pass, model, LinearizabilityChecker.Check(pass, model)));
        History history = History.FromEvents(
        [
            new HistoryEvent(0, EventType.Invoke, 0, "read", null, Value.Nil, -1, null),
            new HistoryEvent(1, EventType.Ok, 0, "read", null, Value.Of(1), -1, null),
        ]);
        CheckResult result = LinearizabilityChecker.Check(history, model);
        Assert.Throws<ArgumentException>(() => Explanation.Of(pass, model, result));
        Assert.Throws<ArgumentOutOfRangeException>(() => Explanation.Of(history, model, result, new() { MaxStates = -1 }));
        Assert.ThrowsAny<OperationCanceledException>(() => Explanation.Of(history, model, result, null, new CancellationToken(canceled: true)));
        Assert.Single(Explanation.Of(history, model, result, new() { Timeout = TimeSpan.Zero }).Core);
    }
}
