namespace RaftCheck.Linearizability.Tests;

public sealed class CorpusExplanationTests
{
    public static TheoryData<string, string, string> Violations()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string[] row in Corpus.Verdicts().Where(static row => row[3] != "linearizable")) data.Add(row[0], row[1], row[2]);
        if (data.Count == 0) data.Add("", "", "");
        return data;
    }

    [SkippableTheory, MemberData(nameof(Violations))]
    public void Every_recorded_violation_has_a_small_core(string file, string name, string initial)
    {
        Skip.If(Corpus.Folder is null, "the corpus is not here");
        History history = Corpus.Read(file).History;
        Model model = Linearizability.Models.Find(name, initial);
        CheckResult result = LinearizabilityChecker.Check(history, model);
        Explanation explanation = Explanation.Of(history, model, result);
        Assert.True(explanation.IsMinimal);
        Assert.InRange(explanation.Core.Count, 1, 8);
        CoreCheck.AssertLiteralCore(history, model, explanation);
    }

    [Theory]
    [InlineData("register", true)]
    [InlineData("register", false)]
    public void A_long_history_with_one_late_violation_is_explained(string name, bool distinct)
    {
        History honest = RandomRegister.Play(new Random(7), name, 100_000, 5, lies: false, infos: false);
        List<HistoryEvent> events = [.. honest.Events];
        if (!distinct) events = [.. events.Select(static e => e with { Value = Small(e.Value) })];
        // A value that was written long ago.
        int at = events.FindLastIndex(static e => e is { F: "read", Type: EventType.Ok });
        long lie = distinct ? events.First(static e => e is { F: "write", Type: EventType.Ok }).Value.AsInteger : (events[at].Value.AsInteger + 2) % 5;
        events[at] = events[at] with { Value = Value.Of(lie) };
        History history = History.FromEvents(events);
        Model model = Linearizability.Models.Find(name);
        CheckResult result = LinearizabilityChecker.Check(history, model);
        Assert.Equal(Verdict.NotLinearizable, result.Verdict);
        Explanation explanation = Explanation.Of(history, model, result);
        Assert.True(explanation.IsMinimal);
        Assert.InRange(explanation.Core.Count, 1, 3);
    }

    private static Value Small(Value value) => value.Kind switch
    {
        ValueKind.Integer => Value.Of(value.AsInteger % 5),
        ValueKind.List => Value.List([.. value.Items.ToArray().Select(Small)]),
        _ => value,
    };
}
