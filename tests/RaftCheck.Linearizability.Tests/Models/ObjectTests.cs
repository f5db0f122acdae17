namespace RaftCheck.Linearizability.Tests;

public sealed class ObjectTests
{
    [Theory]
    [InlineData("set")]
    [InlineData("g-set")]
    [InlineData("counter")]
    [InlineData("queue")]
    [InlineData("stack")]
    [InlineData("priority-queue")]
    [InlineData("append-list")]
    [InlineData("list-append")]
    [InlineData("reentrant-mutex")]
    [InlineData("fenced-mutex")]
    [InlineData("unique-ids")]
    public void The_checker_agrees_with_the_definition_for_every_object(string name)
    {
        Model model = Linearizability.Models.Find(name);
        int linearizable = 0;
        const int Histories = 1500;
        for (int seed = 0; seed < Histories; seed++)
        {
            History history = ObjectScript.Play(name, new Random(seed), operations: 3 + (seed % 4));
            bool expected = Reference.IsLinearizable(history, name);
            CheckResult result = LinearizabilityChecker.Check(history, model);
            Assert.True(expected == (result.Verdict == Verdict.Linearizable), $"by the definition it is {(expected ? "" : "not ")}linearizable; {result.Explanation}\n{string.Join('\n', history.Events)}");
            if (expected) Certificate.AssertExplains(history, model.For(history), result);
            else Certificate.AssertPrefixFits(history, model.For(history), result);
            if (expected) linearizable++;
            foreach (Part part in Part.Split(history, model.For(history), CasFail.DidNotTakeEffect))
            {
                var budget = new Budget(long.MaxValue, long.MaxValue, new Deadline(null, default));
                Assert.Equal(new Search(model, history.NilReads).Run(part, budget, long.MaxValue), new FrontierJudge(part, model, history.NilReads).Run(int.MaxValue, long.MaxValue, budget));
            }
        }

        Assert.InRange(linearizable, Histories / 10, Histories * 19 / 20);
    }

    [Fact]
    public void A_set_without_reads_is_judged_element_by_element()
    {
        History history = Reading.Read(
            """
            {"type":"invoke","process":0,"f":"add","value":1}
            {"type":"ok","process":0,"f":"add","value":1}
            {"type":"invoke","process":0,"f":"contains","value":2}
            {"type":"ok","process":0,"f":"contains","value":true}
            """).History;
        CheckResult result = LinearizabilityChecker.Check(history, Linearizability.Models.Find("set"));
        Assert.Equal((Verdict.NotLinearizable, "2"), (result.Verdict, result.Partition));
    }

    [Fact]
    public void A_fence_must_grow_whoever_holds_the_lock()
    {
        Verdict Judge(int first, int second) => LinearizabilityChecker.Check(
            Reading.Read(
                $$"""
                {"type":"invoke","process":0,"f":"acquire"}
                {"type":"ok","process":0,"f":"acquire","value":{{first}}}
                {"type":"invoke","process":0,"f":"release"}
                {"type":"ok","process":0,"f":"release"}
                {"type":"invoke","process":1,"f":"acquire"}
                {"type":"ok","process":1,"f":"acquire","value":{{second}}}
                """).History, Linearizability.Models.Find("fenced-mutex")).Verdict;
        Assert.Equal(Verdict.Linearizable, Judge(1, 2));
        Assert.Equal(Verdict.NotLinearizable, Judge(2, 2));
        Assert.Equal(Verdict.NotLinearizable, Judge(2, 1));
    }

    [Fact]
    public void A_model_of_ones_own_is_a_function()
    {
        // A register that only rises: a write of less is refused.
        Model rising = Linearizability.Models.Define("rising", Value.Of(0), static (state, call) => call.F switch
        {
            "read" => call.Explains(state, call.Output) ? state : null,
            _ => call.Input.AsInteger > state.AsInteger ? call.Input : null,
        }, isRead: static operation => operation.F == "read");
        const string Writes =
            """
            {"type":"invoke","process":0,"f":"write","value":2}
            {"type":"ok","process":0,"f":"write","value":2}
            {"type":"invoke","process":0,"f":"write","value":1}
            {"type":"ok","process":0,"f":"write","value":1}
            """;
        Assert.Equal(Verdict.NotLinearizable, LinearizabilityChecker.Check(Reading.Read(Writes).History, rising).Verdict);
        Assert.Equal(Verdict.Linearizable, LinearizabilityChecker.Check(Reading.Read(Writes.Replace("1", "3", StringComparison.Ordinal).Replace("3", "1", StringComparison.Ordinal).Replace("\"value\":1", "\"value\":7", StringComparison.Ordinal)).History, rising).Verdict);
    }

    [Fact]
    public void A_model_may_go_to_any_of_several_states()
    {
        // A lossy register keeps what it had, or takes what is written; a read says which.
        Model lossy = Linearizability.Models.DefineNondeterministic("lossy", [Value.Nil], static (state, call) => call.F switch
        {
            "read" => call.Explains(state, call.Output) ? [state] : [],
            _ => [state, call.Input],
        });
        Verdict Judge(params string[] reads)
        {
            string lines = """{"type":"invoke","process":0,"f":"write","value":1}""" + "\n" + """{"type":"ok","process":0,"f":"write","value":1}""" + "\n";
            foreach (string read in reads) lines += """{"type":"invoke","process":0,"f":"read"}""" + "\n" + $$"""{"type":"ok","process":0,"f":"read","value":{{read}}}""" + "\n";
            return LinearizabilityChecker.Check(Reading.Read(lines).History, lossy).Verdict;
        }

        Assert.Equal(Verdict.Linearizable, Judge("1", "1"));
        Assert.Equal(Verdict.Linearizable, Judge("null", "null"));
        Assert.Equal(Verdict.NotLinearizable, Judge("null", "1"));
        Assert.Equal(Verdict.NotLinearizable, Judge("2"));
    }
}
