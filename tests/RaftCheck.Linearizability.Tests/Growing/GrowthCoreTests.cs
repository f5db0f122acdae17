namespace RaftCheck.Linearizability.Tests;

public sealed class GrowthCoreTests
{
    /// <summary>What explanations ask: whether some operations contradict each other when all others may have happened in their time.</summary>
    [Theory]
    [InlineData("g-set")]
    [InlineData("append-list")]
    public void Which_operations_are_at_odds_is_what_following_all_states_says(string name)
    {
        Model model = Linearizability.Models.Find(name);
        // Of a model that nobody knows, only the states are known.
        Model stranger = Linearizability.Models.Define(name, model.Initial, (state, call) => model.Step(state, in call), isRead: model.IsRead);
        (int odd, int even) = (0, 0);
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            History history = new GrowthScript(name).Random(random, 4 + (seed % 6), 3, 5, 6, 2 + (seed % 3));
            Part part = Part.Split(history, model, CasFail.DidNotTakeEffect).Single();
            bool[] isKept = [.. part.Operations.Select(judged => judged.IsCompleted && random.Next(3) > 0)];
            bool? areAtOdds = GrowthMonitor.AreAtOdds(part, model, history.NilReads, isKept, Unlimited());
            Assert.NotNull(areAtOdds);
            bool? expected = new MustJudge(part, stranger, history.NilReads).Contradict(isKept, Unlimited());
            Assert.True(expected == areAtOdds, $"{areAtOdds} of {string.Join(' ', isKept)}:\n{string.Join('\n', history.Events)}");
            if (areAtOdds == true) odd++;
            else even++;
        }

        Assert.True(odd > 300 && even > 300, $"{odd} at odds, {even} not");
    }

    private static Budget Unlimited() => new(long.MaxValue, long.MaxValue, new Deadline(null, default));
}
