namespace RaftCheck.Linearizability.Tests;

public sealed class SentenceTests
{
    [Theory]
    [InlineData("register", "stale", "w0 1; w0 2; r3 1", "`read` by process 3 (events 4 to 5) returned 1, but 2 had been written by `write 2` by process 0 (events 2 to 3) and acknowledged before it began, and nothing wrote 1 after that.")]
    [InlineData("register", "never", "w0 1; r3 7", "`read` by process 3 (events 2 to 3) returned 7, which nobody wrote.")]
    [InlineData("register", "failed", "w0 1; xw1 7; r3 7", "`read` by process 3 (events 4 to 5) returned 7, which nobody wrote: `write 7` by process 1 (events 2 to 3) was to, but failed.")]
    [InlineData("register", "early", "w0 1; r3 7; w0 7", "`read` by process 3 (events 2 to 3) returned 7, which nobody had begun to write yet: the first to write it was `write 7` by process 0 (events 4 to 5).")]
    [InlineData("register", "back", "w0 1; (w0 2; r3 2; r4 1; )w0", "`read` by process 4 (events 5 to 6) returned 1, but `read` by process 3 (events 3 to 4) had already returned 2 before it began, and nothing wrote 1 after that.")]
    [InlineData("register", "opposite", "(w0 1; (w1 2; (r2 1; (r3 2; )r2; )r3; (r2 2; (r3 1; )r2; )r3; )w0; )w1", "`read` by process 2 (events 2 to 4) and then `read` by process 2 (events 6 to 8) found 1 before 2, but `read` by process 3 (events 3 to 5) and then `read` by process 3 (events 7 to 9) found them the other way round, and each was there only once.")]
    [InlineData("cas-register", "swapped twice", "w0 1; (cas0 [1,2]; (cas1 [1,3]; )cas0; )cas1", "`cas [1 2]` by process 0 (events 2 to 4) and `cas [1 3]` by process 1 (events 3 to 5) both swapped 1 for another value, but it was there only once.")]
    [InlineData("register", "there only once", "(w0 2; r1 2; w2 4; r3 2; )w0", "`read` by process 3 (events 5 to 6) returned 2, but 4 had been written by `write 4` by process 2 (events 3 to 4) and acknowledged before it began, and nothing wrote 2 after that.")]
    [InlineData("register", "cannot be back", "(w0 2; (w4 2; r1 2; w2 4; r1 2; w2 4; r3 2; )w0; )w4", "`read` by process 3 (events 10 to 11) returned 2, but 4 had been written by `write 4` by process 2 (events 8 to 9) and acknowledged before it began, and, as others show, nothing can have brought back 2 after that.")]
    [InlineData("cas-register", "cannot be swapped back", "w0 1; (cas1 [1,2]; w0 3; r2 2; )cas1", "`read` by process 2 (events 5 to 6) returned 2, but 3 had been written by `write 3` by process 0 (events 3 to 4) and acknowledged before it began, and nothing can have brought back 2 after that.")]
    [InlineData("mutex", "held twice", "acquire0; acquire1", "The lock was held twice: `acquire` by process 1 (events 2 to 3) got it though `acquire` by process 0 (events 0 to 1) had got it before that began, and no release can have come between.")]
    [InlineData("fenced-mutex", "fence", "acquire0 7; release0; acquire1 7", "`acquire` by process 1 (events 4 to 5) was given the token 7, which is not greater than 7, which `acquire` by process 0 (events 0 to 1) had been given before it began.")]
    [InlineData("queue", "twice", "enqueue0 1; dequeue1 1; dequeue2 1", "1 was put in once and taken out twice, by `dequeue` by process 1 (events 2 to 3) and by `dequeue` by process 2 (events 4 to 5).")]
    [InlineData("queue", "foreign", "enqueue0 1; dequeue1 2", "`dequeue` by process 1 (events 2 to 3) returned 2, which nobody had put in.")]
    [InlineData("queue", "overtaken", "enqueue0 1; enqueue0 2; dequeue1 2", "`dequeue` by process 1 (events 4 to 5) returned 2, though 1 had been put in before it, by `enqueue 1` by process 0 (events 0 to 1), and was not taken out before.")]
    [InlineData("queue", "empty", "enqueue0 1; dequeue1 null", "`dequeue` by process 1 (events 2 to 3) found nothing to take, though `enqueue 1` by process 0 (events 0 to 1) had been acknowledged before it began, and nobody had taken that out.")]
    [InlineData("priority-queue", "smaller", "insert0 2; insert0 1; delete-min1 2", "`delete-min` by process 1 (events 4 to 5) returned 2, though 1, which is smaller, had been put in by `insert 1` by process 0 (events 2 to 3) and was not taken out before.")]
    [InlineData("set", "missing", "add0 1; add0 2; read1 [2]", "`read` by process 1 (events 4 to 5) did not find 1, though `add 1` by process 0 (events 0 to 1) had been acknowledged before it began, and nobody can have removed it since.")]
    [InlineData("set", "foreign", "add0 1; read1 [1,5]", "`read` by process 1 (events 2 to 3) found 5, which nobody added.")]
    [InlineData("counter", "too much", "add0 2; read1 3", "`read` by process 1 (events 2 to 3) returned 3, but all that had begun to be added before it returned makes 2 at most.")]
    [InlineData("counter", "too little", "add0 2; read1 1", "`read` by process 1 (events 2 to 3) returned 1, but by what had been acknowledged before it began, and all else that can have been taken away, it was 2 at least.")]
    [InlineData("unique-ids", "twice", "generate0 7; generate1 7", "`generate` by process 0 (events 0 to 1) and `generate` by process 1 (events 2 to 3) both returned 7.")]
    [InlineData("append-list", "lost", "append0 1; append0 2; read1 [1]", "`read` by process 1 (events 4 to 5) returned [1], without 2, though `append 2` by process 0 (events 2 to 3) had been acknowledged before it began.")]
    [InlineData("append-list", "reordered", "(append0 1; (append1 2; read2 [1,2]; read3 [2,1]; )append0; )append1", "`read` by process 2 (events 2 to 3) returned [1 2] and `read` by process 3 (events 4 to 5) returned [2 1]: neither goes on where the other ends, and nothing but appends changed the value.")]
    [InlineData("stack", "general", "push0 1; push0 2; pop1 1", "`pop` by process 1 (events 4 to 5) returned 1, which no order explains together with `push 2` by process 0 (events 2 to 3): what had returned before leaves the state [1 2], which does not allow it.")]
    [InlineData("multi-register", "exactly one state", "txn0 [[\"w\",\"x\",1],[\"w\",\"y\",1]]; txn2 [[\"r\",\"x\",1],[\"r\",\"y\",7]]", "`txn [[\"r\" \"x\" 1] [\"r\" \"y\" 7]]` by process 2 (events 2 to 3) returned [[\"r\" \"x\" 1] [\"r\" \"y\" 7]], which no order of any of the other operations explains: what had returned before leaves the state {\"x\" 1 \"y\" 1}, which does not allow it.")]
    [InlineData("multi-register", "one is open", "txn0 [[\"w\",\"x\",1],[\"w\",\"y\",1]]; (txn1 [[\"w\",\"x\",2],[\"w\",\"y\",3]]; txn2 [[\"r\",\"x\",1],[\"r\",\"y\",7]]", "`txn [[\"r\" \"x\" 1] [\"r\" \"y\" 7]]` by process 2 (events 3 to 4) returned [[\"r\" \"x\" 1] [\"r\" \"y\" 7]], which no order of any of the other operations explains: what had begun before leaves one of 2 states, {\"x\" 1 \"y\" 1} or {\"x\" 2 \"y\" 3}, and none of them allows it.")]
    [InlineData("multi-register", "one is called before the return", "txn0 [[\"w\",\"x\",1],[\"w\",\"y\",1]]; (txn2 [[\"r\",\"x\",1],[\"r\",\"y\",7]]; (txn1 [[\"w\",\"x\",2],[\"w\",\"y\",3]]; )txn2", "`txn [[\"r\" \"x\" 1] [\"r\" \"y\" 7]]` by process 2 (events 2 to 4) returned [[\"r\" \"x\" 1] [\"r\" \"y\" 7]], which no order of any of the other operations explains: what had begun before leaves one of 2 states, {\"x\" 1 \"y\" 1} or {\"x\" 2 \"y\" 3}, and none of them allows it.")]
    [InlineData("multi-register", "either order", "(txn0 [[\"w\",\"x\",1],[\"w\",\"y\",1]]; txn1 [[\"w\",\"x\",2],[\"w\",\"y\",3]]; )txn0; txn2 [[\"r\",\"x\",1],[\"r\",\"y\",7]]", "`txn [[\"r\" \"x\" 1] [\"r\" \"y\" 7]]` by process 2 (events 4 to 5) returned [[\"r\" \"x\" 1] [\"r\" \"y\" 7]], which no order of any of the other operations explains: what had begun before leaves one of 2 states, {\"x\" 2 \"y\" 3} or {\"x\" 1 \"y\" 1}, and none of them allows it.")]
    [InlineData("multi-register", "two are open", "txn0 [[\"w\",\"x\",1],[\"w\",\"y\",1]]; (txn1 [[\"w\",\"x\",2]]; (txn3 [[\"w\",\"y\",3]]; txn2 [[\"r\",\"x\",1],[\"r\",\"y\",7]]", "`txn [[\"r\" \"x\" 1] [\"r\" \"y\" 7]]` by process 2 (events 4 to 5) returned [[\"r\" \"x\" 1] [\"r\" \"y\" 7]], which no order of any of the other operations explains: what had begun before leaves one of 4 states, such as {\"x\" 1 \"y\" 1}, and none of them allows it.")]
    [InlineData("fenced-mutex", "exactly one state", "acquire0 7; release2", "`release` by process 2 (events 2 to 3) succeeded, which no order of any of the other operations explains: what had returned before leaves the state [0 7], which does not allow it.")]
    [InlineData("fenced-mutex", "a release is open", "acquire0 7; (release0; release2", "`release` by process 2 (events 3 to 4) succeeded, which no order of any of the other operations explains: what had begun before leaves one of 2 states, [0 7] or [:free 7], and none of them allows it.")]
    [InlineData("fenced-mutex", "an acquire is open, with any token", "acquire0 7; release0; (acquire1; release2", "`release` by process 2 (events 5 to 6) succeeded, which no order of any of the other operations explains: what had begun before leaves a state such as [:free 7], and no possible one allows it.")]
    [InlineData("fenced-mutex", "a token is not known", "acquire0; release2", "`release` by process 2 (events 2 to 3) succeeded, which no order of any of the other operations explains: what had begun before leaves a state such as [0 1], and no possible one allows it.")]
    [InlineData("stack", "one is open", "push0 1; (push2 5; push0 2; pop1 1", "`pop` by process 1 (events 5 to 6) returned 1, which no order explains together with `push 2` by process 0 (events 3 to 4): what had begun before leaves one of 3 states, [1 2] or [1 5 2] or [1 2 5], and none of them allows it.")]
    public void It_says_what_is_wrong(string model, string what, string script, string sentence)
    {
        Assert.NotEmpty(what);
        History history = Script(script);
        Model judge = Linearizability.Models.Find(model);
        Explanation explanation = Explanation.Of(history, judge, LinearizabilityChecker.Check(history, judge));
        Assert.Equal(sentence, explanation.Sentence);
    }

    [Theory]
    [InlineData(2, ": what had begun before leaves one of 2 states, {\"x\" 2} or {\"x\" 1}, and none of them allows it.")]
    [InlineData(1, ": what had begun before leaves a state such as {\"x\" 2}, and no possible one allows it.")]
    public void A_state_is_not_said_to_be_the_only_one_if_not_all_orders_were_followed(int orders, string end)
    {
        History history = Script("""(txn0 [["w","x",1]]; txn1 [["w","x",2]]; )txn0; txn2 [["r","x",1],["r","y",7]]""");
        Model model = Linearizability.Models.Find("multi-register");
        CheckResult result = LinearizabilityChecker.Check(history, model);
        Explanation explanation = Explanation.Of(history, model, result, new ExplainOptions { MaxPartialLinearizations = orders });
        Assert.EndsWith(end, explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_states_of_a_model_that_chooses_are_counted_one_by_one()
    {
        // A coin that is tossed: it shows 0 or 1.
        Model model = Linearizability.Models.DefineNondeterministic("coin", [Value.Of(0)], static (state, call) =>
            call.F == "toss" ? [Value.Of(0), Value.Of(1)] : call.Explains(state, call.Output) ? [state] : []);
        History history = Script("toss0; r1 2");
        Explanation explanation = Explanation.Of(history, model, LinearizabilityChecker.Check(history, model));
        Assert.EndsWith(": what had begun before leaves one of 2 states, 0 or 1, and none of them allows it.", explanation.Sentence, StringComparison.Ordinal);
    }

    /// <summary>
    /// Operations in few characters: name, process and value; with a bracket before it only the call, or the return; with
    /// an x before it one that fails.
    /// </summary>
    private static History Script(string script)
    {
        var lines = new List<string>();
        var pending = new Dictionary<string, string>();
        foreach (string each in script.Split("; "))
        {
            string[] words = each.Split(' ');
            string name = words[0].TrimStart('(', ')', 'x');
            string process = name[^1..];
            string f = name[..^1] switch { "w" => "write", "r" => "read", var other => other };
            string value = words.Length > 1 ? words[1] : "null";
            bool takes = f is "read" or "dequeue" or "delete-min" or "pop" or "generate" or "acquire";
            if (each[0] != ')')
            {
                lines.Add($$"""{"type":"invoke","process":{{process}},"f":"{{f}}","value":{{(takes ? "null" : value)}}}""");
                pending[process] = value;
            }

            if (each[0] != '(') lines.Add($$"""{"type":"{{(each[0] == 'x' ? "fail" : "ok")}}","process":{{process}},"f":"{{f}}","value":{{pending[process]}}}""");
        }

        return Reading.Read(string.Join('\n', lines)).History;
    }
}
