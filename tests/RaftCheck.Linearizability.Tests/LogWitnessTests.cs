namespace RaftCheck.Linearizability.Tests;

/// <summary>Histories whose operations say where in a replicated log they took effect.</summary>
public sealed class LogWitnessTests
{
    [Fact]
    public void A_history_in_the_order_of_its_log_is_explained_by_it_without_a_search()
    {
        History history = Play(new Random(1), 20_000, clients: 10, unknowns: false, liesAboutLog: 0);
        CheckResult result = LinearizabilityChecker.Check(history, Linearizability.Models.Find("kv"));
        Assert.Equal((Verdict.Linearizable, LogOrderVerdict.Explains), (result.Verdict, result.LogOrder?.Verdict));
        Assert.Equal(["log-witness"], result.Methods);
        Certificate.AssertExplains(history, Linearizability.Models.Find("kv"), result);
    }

    [Fact]
    public void Operations_of_unknown_end_are_put_where_they_are_needed()
    {
        History history = Play(new Random(2), 5_000, clients: 5, unknowns: true, liesAboutLog: 0);
        CheckResult result = LinearizabilityChecker.Check(history, Linearizability.Models.Find("kv"));
        Assert.Equal((Verdict.Linearizable, LogOrderVerdict.Explains), (result.Verdict, result.LogOrder?.Verdict));
        Assert.Equal(["log-witness"], result.Methods);
        Certificate.AssertExplains(history, Linearizability.Models.Find("kv"), result);
    }

    [Fact]
    public void Without_positions_nothing_is_said_of_a_log()
    {
        const string Write = """{"type":"invoke","process":0,"f":"write","value":1}""" + "\n" + """{"type":"ok","process":0,"f":"write","value":1}""";
        Assert.Null(Check(Write, "register").LogOrder);
    }

    [Fact]
    public void A_history_may_be_linearizable_and_not_in_the_order_of_its_log()
    {
        CheckResult result = Check(
            """
            {"type":"invoke","process":0,"f":"write","value":1}
            {"type":"invoke","process":1,"f":"write","value":2}
            {"type":"ok","process":0,"f":"write","value":1,"logTerm":1,"logIndex":1}
            {"type":"ok","process":1,"f":"write","value":2,"logTerm":1,"logIndex":2}
            {"type":"invoke","process":0,"f":"read"}
            {"type":"ok","process":0,"f":"read","value":1,"logTerm":1,"logIndex":2}
            """, "register");
        Assert.Equal((Verdict.Linearizable, LogOrderVerdict.Contradicts), (result.Verdict, result.LogOrder?.Verdict));
        Assert.Equal(5, result.LogOrder?.Operation?.ReturnIndex);
        Assert.Contains("the state is 2", result.LogOrder!.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_must_keep_to_real_time_also_between_keys()
    {
        CheckResult result = Check(
            """
            {"type":"invoke","process":0,"f":"put","key":"x","value":"1"}
            {"type":"ok","process":0,"f":"put","key":"x","value":"1","logTerm":1,"logIndex":9}
            {"type":"invoke","process":0,"f":"put","key":"y","value":"2"}
            {"type":"ok","process":0,"f":"put","key":"y","value":"2","logTerm":1,"logIndex":7}
            """, "kv");
        Assert.Equal((Verdict.Linearizable, LogOrderVerdict.Contradicts), (result.Verdict, result.LogOrder?.Verdict));
        Assert.Equal((0, 1), (result.LogOrder?.Operation?.Id, result.LogOrder?.Other?.Id));
    }

    [Theory]
    [InlineData(1, 5, 2, 5)]
    [InlineData(2, 5, 1, 6)]
    public void An_index_has_one_term_and_terms_never_fall(int term, int index, int otherTerm, int otherIndex)
    {
        CheckResult result = Check(
            $$"""
            {"type":"invoke","process":0,"f":"write","value":1}
            {"type":"ok","process":0,"f":"write","value":1,"logTerm":{{term}},"logIndex":{{index}}}
            {"type":"invoke","process":0,"f":"write","value":2}
            {"type":"ok","process":0,"f":"write","value":2,"logTerm":{{otherTerm}},"logIndex":{{otherIndex}}}
            """, "register");
        Assert.Equal((Verdict.Linearizable, LogOrderVerdict.Contradicts), (result.Verdict, result.LogOrder?.Verdict));
    }

    [Fact]
    public void It_agrees_with_the_definition_on_small_histories()
    {
        int explains = 0;
        int contradicts = 0;
        for (int seed = 0; seed < 4000; seed++)
        {
            History history = Play(new Random(seed), 6, clients: 3, unknowns: seed % 2 == 0, liesAboutLog: seed % 3);
            CheckResult result = LinearizabilityChecker.Check(history, Linearizability.Models.Find("kv"));
            Assert.Equal(Verdict.Linearizable, result.Verdict);
            if (result.LogOrder is not LogOrder found) continue;
            bool expected = AnyOrder([], [.. history.Operations.Where(static each => !(each.IsIndeterminate && each.F == "get") && each.Completion != Completion.Fail)], history.NilReads);
            Assert.True(expected == (found.Verdict == LogOrderVerdict.Explains), $"{found.Explanation}\n{string.Join('\n', history.Events)}");
            if (expected) explains++;
            else contradicts++;
        }

        Assert.True(explains > 1000 && contradicts > 300, $"{explains} and {contradicts}");
    }

    private static CheckResult Check(string lines, string model) =>
        LinearizabilityChecker.Check(Reading.Read(lines).History, Linearizability.Models.Find(model));

    /// <summary>Every order is tried that keeps to real time and to the log, over the whole map.</summary>
    private static bool AnyOrder(List<Operation> order, List<Operation> left, NilRead nilReads)
    {
        if (left.TrueForAll(static each => each.IsIndeterminate)) return true;
        foreach (Operation next in left.ToArray())
        {
            if (left.Exists(other => !other.IsIndeterminate && (other.ReturnIndex < next.InvokeIndex || IsBefore(other, next)))) continue;
            if (next.F == "get" && (order.FindLast(each => each.F == "put" && each.Key == next.Key)?.Input ?? Value.Of("")) is var held && !held.Equals(next.Output)) continue;
            order.Add(next);
            left.Remove(next);
            bool found = AnyOrder(order, left, nilReads);
            order.RemoveAt(order.Count - 1);
            left.Add(next);
            if (found) return true;
        }

        return false;
    }

    private static bool IsBefore(Operation one, Operation other) => one.Log is LogPosition position && other.Log is LogPosition behind
        && (position < behind || (position == behind && one.F != "get" && other.F == "get"));

    /// <summary>Plays clients against a map whose writes are entries of a log, and whose reads say which they saw last.</summary>
    private static History Play(Random random, int operations, int clients, bool unknowns, int liesAboutLog)
    {
        var events = new List<HistoryEvent>();
        var held = new Dictionary<string, string>();
        var pending = new (string F, string Key, string Value, LogPosition? At)?[clients];
        long[] process = [.. Enumerable.Range(0, clients)];
        long index = 0;
        for (int started = 0; started < operations || pending.Any(static each => each is not null);)
        {
            int slot = random.Next(clients);
            if (pending[slot] is not var (f, key, value, at))
            {
                if (started++ >= operations) continue;
                pending[slot] = (f, key, value, at) = (random.Next(2) == 0 ? "put" : "get", "k" + random.Next(2), $"{started % 3}", null);
                events.Add(new HistoryEvent(events.Count, EventType.Invoke, process[slot], f, key, f == "put" ? Value.Of(value) : Value.Nil, -1, null));
            }
            else if (at is null)
            {
                if (f == "put") held[key] = value;
                else value = held.GetValueOrDefault(key, "");
                if (f == "put") index++;
                long claimed = Math.Max(0, index - (liesAboutLog > 0 && random.Next(3) == 0 ? liesAboutLog : 0));
                pending[slot] = (f, key, value, new LogPosition(claimed / 10, claimed));
            }
            else
            {
                pending[slot] = null;
                bool isLost = unknowns && random.Next(6) == 0;
                bool isMute = unknowns && random.Next(6) == 0;
                events.Add(new HistoryEvent(events.Count, isLost ? EventType.Info : EventType.Ok, process[slot], f, key, Value.Of(value), -1, null) { Log = isLost || isMute ? null : at });
                if (isLost) process[slot] += clients;
            }
        }

        return History.FromEvents(events);
    }
}
