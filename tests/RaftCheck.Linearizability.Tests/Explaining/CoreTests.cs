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
}
