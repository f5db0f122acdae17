using FsCheck;
using FsCheck.Fluent;

namespace RaftCheck.Linearizability.Tests;

public sealed class BruteForceTests
{
    private const int Histories = 3000;

    [Theory]
    [InlineData("register", NilRead.Observed, CasFail.DidNotTakeEffect)]
    [InlineData("register", NilRead.Unconstrained, CasFail.DidNotTakeEffect)]
    [InlineData("cas-register", NilRead.Observed, CasFail.DidNotTakeEffect)]
    [InlineData("cas-register", NilRead.Unconstrained, CasFail.SeenToMismatch)]
    [InlineData("multi-register", NilRead.Observed, CasFail.DidNotTakeEffect)]
    [InlineData("multi-register", NilRead.Unconstrained, CasFail.DidNotTakeEffect)]
    [InlineData("kv", NilRead.Observed, CasFail.DidNotTakeEffect)]
    [InlineData("kv", NilRead.Observed, CasFail.SeenToMismatch)]
    [InlineData("mutex", NilRead.Observed, CasFail.DidNotTakeEffect)]
    public void The_checker_agrees_with_the_definition_on_small_histories(string model, NilRead nilReads, CasFail casFail)
    {
        int linearizable = 0;
        int total = 0;
        Model judge = Models.Find(model);
        var options = new CheckOptions { CasFail = casFail };
        Arbitrary<int[]> numbers = Arb.From(
            Gen.Choose(0, int.MaxValue).ArrayOf(13), Shrink);

        Prop.ForAll(numbers, list =>
        {
            History history = HistoryScript.Play(model, list, nilReads);
            bool expected = BruteForce.IsLinearizable(history, model, casFail);
            CheckResult result = LinearizabilityChecker.Check(history, judge, options);
            total++;
            if (expected) linearizable++;
            Assert.True(
                (result.Verdict == Verdict.Linearizable) == expected,
                $"{result.Explanation} But by the definition it is {(expected ? "" : "not ")}linearizable:\n{string.Join('\n', history.Events)}");
            if (expected) Certificate.AssertExplains(history, judge, result, casFail);
            else Certificate.AssertPrefixFits(history, judge, result);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories).WithReplay(20251123, 1));

        // Agreement means little if one verdict hardly ever comes up.
        Assert.InRange(linearizable, total / 5, total - (total / 5));
    }

    [Theory]
    [InlineData("register")]
    [InlineData("cas-register")]
    [InlineData("multi-register")]
    [InlineData("kv")]
    [InlineData("mutex")]
    public void Long_histories_of_an_honest_object_are_linearizable(string model)
    {
        Model judge = Models.Find(model);
        Gen<int[]> numbers = Gen.Choose(0, int.MaxValue).ArrayOf(700);
        Prop.ForAll(Arb.From(numbers), list =>
        {
            History history = HistoryScript.Play(model, list, NilRead.Observed, operationsMax: 300, honest: true);
            CheckResult result = LinearizabilityChecker.Check(history, judge, new CheckOptions { MaxStates = 200_000 });
            // Scripts with many lost operations may be too hard; they must not be called violations.
            Assert.NotEqual(Verdict.NotLinearizable, result.Verdict);
            if (result.Verdict == Verdict.Linearizable) Certificate.AssertExplains(history, judge, result);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(20251123, 1));
    }

    private static IEnumerable<int[]> Shrink(int[] numbers) => ArbMap.Default.ArbFor<int[]>().Shrinker(numbers);
}
