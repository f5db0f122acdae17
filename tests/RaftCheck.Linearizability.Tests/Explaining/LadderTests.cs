namespace RaftCheck.Linearizability.Tests;

public sealed class LadderTests
{
    public static TheoryData<string> EveryModel => new(Linearizability.Models.All.Select(static info => info.Name));

    [Theory, MemberData(nameof(EveryModel))]
    public void Sequential_consistency_and_staleness_are_judged_as_they_are_defined(string name)
    {
        Model model = Linearizability.Models.Find(name);
        int[] answers = [0, 0];
        for (int seed = 0; seed < 600; seed++)
        {
            if (Explain(RandomHistory.Play(name, seed), model) is not Explanation explanation) continue;
            History history = RandomHistory.Play(name, seed);
            bool expected = LadderReference.IsSequential(history, model.For(history));
            Assert.True(expected == (Answer(explanation, ConsistencyLevel.Sequential) == LevelAnswer.Holds), $"by the definition {expected}\n{string.Join('\n', history.Events)}");
            answers[expected ? 1 : 0]++;
            LevelResult stale = explanation.Ladder[1];
            if (stale.Answer is not (LevelAnswer.Holds or LevelAnswer.DoesNotHold)) continue;
            string? partition = LinearizabilityChecker.Check(history, model).Partition;
            Assert.True(stale.K == LadderReference.Staleness(history, model, partition), $"{stale} {LadderReference.Staleness(history, model, partition)}\n{string.Join('\n', history.Events)}");
        }

        Assert.True(answers[0] > 0, "no history was not sequential");
    }

    [Theory]
    [InlineData("register")]
    [InlineData("cas-register")]
    [InlineData("kv")]
    public void Causal_consistency_and_sessions_are_judged_as_they_are_defined(string name)
    {
        Model model = Linearizability.Models.Find(name);
        var seen = new HashSet<(ConsistencyLevel, LevelAnswer)>();
        for (int seed = 0; seed < 3000; seed++)
        {
            History history = RandomRegister.Play(new Random(seed), name, 5 + (seed % 8), 3);
            if (Explain(history, model) is not Explanation explanation || Answer(explanation, ConsistencyLevel.Causal) == LevelAnswer.NotApplicable) continue;
            foreach (LevelResult level in explanation.Ladder.Skip(3))
            {
                bool expected = LadderReference.Holds(level.Level, history, model);
                Assert.True(expected == (level.Answer == LevelAnswer.Holds), $"{level}: by the definition {expected}\n{string.Join('\n', history.Events)}");
                seen.Add((level.Level, level.Answer));
            }

            // Whatever is stronger implies what is weaker.
            if (Answer(explanation, ConsistencyLevel.Sequential) == LevelAnswer.Holds) Assert.Equal(LevelAnswer.Holds, Answer(explanation, ConsistencyLevel.Causal));
            if (Answer(explanation, ConsistencyLevel.Causal) == LevelAnswer.Holds) Assert.All(explanation.Ladder.Skip(4), static level => Assert.Equal(LevelAnswer.Holds, level.Answer));
        }

        Assert.Equal(10, seen.Count);
    }

    [Theory]
    [InlineData("a stale read", "0 put x 1; 0 put x 2; 1 get x 1", "K2 Sequential Causal WritesFollowReads MonotonicWrites MonotonicReads ReadYourWrites")]
    [InlineData("each key is sequential, and both together are not", "0 put x 1; 1 put y 1; 0 get y -; 1 get x -", "K2 Causal WritesFollowReads MonotonicWrites MonotonicReads ReadYourWrites")]
    [InlineData("one's own write is gone", "0 put x 1; 0 get x -", "K2 WritesFollowReads MonotonicWrites MonotonicReads")]
    [InlineData("back in time", "0 put x 1; 0 put x 2; 1 get x 2; 1 get x 1", "K2 WritesFollowReads ReadYourWrites")]
    [InlineData("a reply before its question", "0 put x 1; 1 get x 1; 1 put x 2; 2 get x 2; 2 get x 1", "K2 MonotonicWrites ReadYourWrites")]
    [InlineData("out of thin air", "0 put x 1; 1 get x 9", "WritesFollowReads MonotonicWrites MonotonicReads ReadYourWrites")]
    public void Known_anomalies_break_what_they_are_known_to_break(string anomaly, string script, string holding)
    {
        Assert.NotEmpty(anomaly);
        var lines = new List<string>();
        foreach (string[] words in script.Split("; ").Select(static each => each.Split(' ')))
        {
            string value = words[3] == "-" ? "\"\"" : $"\"{words[3]}\"";
            lines.Add($$"""{"type":"invoke","process":{{words[0]}},"f":"{{words[1]}}","key":"{{words[2]}}","value":{{value}}}""");
            lines.Add($$"""{"type":"ok","process":{{words[0]}},"f":"{{words[1]}}","key":"{{words[2]}}","value":{{value}}}""");
        }

        Explanation explanation = Explain(Reading.Read(string.Join('\n', lines)).History, Linearizability.Models.Find("kv"))!;
        Assert.Equal(holding, string.Join(' ', explanation.Ladder.Where(static level => level.Answer == LevelAnswer.Holds).Select(static level => level.K is int k ? $"K{k}" : level.Level.ToString())));
    }

    private static Explanation? Explain(History history, Model model)
    {
        CheckResult result = LinearizabilityChecker.Check(history, model);
        return result.Verdict == Verdict.NotLinearizable ? Explanation.Of(history, model, result) : null;
    }

    private static LevelAnswer Answer(Explanation explanation, ConsistencyLevel level) => explanation.Ladder.Single(each => each.Level == level).Answer;
}
