namespace RaftCheck.Linearizability.Tests;

public sealed class CorpusTests
{
    public static TheoryData<string, string, string, string> Verdicts()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (string[] row in Corpus.Verdicts()) data.Add(row[0], row[1], row[2], row[3]);
        // A theory needs a row, even to be skipped.
        if (data.Count == 0) data.Add("", "", "", "");
        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Verdicts))]
    public void Every_recorded_history_gets_its_known_verdict(string file, string model, string initial, string verdict)
    {
        Skip.If(Corpus.Folder is null, "the corpus is not here");
        History history = Corpus.Read(file).History;
        Model judge = Models.Find(model, initial);
        CheckResult result = LinearizabilityChecker.Check(history, judge);
        Assert.Equal(verdict == "linearizable" ? Verdict.Linearizable : Verdict.NotLinearizable, result.Verdict);
        if (result.Verdict == Verdict.Linearizable) Certificate.AssertExplains(history, judge, result);
        else Certificate.AssertPrefixFits(history, judge, result);
    }

    // The expectations are those of Knossos's own tests for these files.
    [SkippableTheory]
    [InlineData("knossos/cas-register/bad/cas-failure.edn", 491)]
    [InlineData("knossos/cas-register/bad/rethink-fail-minimal.edn", 4)]
    [InlineData("knossos/cas-register/bad/immediate-failure.edn", 3)]
    public void The_search_gets_no_further_where_Knossos_gets_no_further(string file, int eventIndex)
    {
        Skip.If(Corpus.Folder is null, "the corpus is not here");
        CheckResult result = LinearizabilityChecker.Check(Corpus.Read(file).History, Models.Find("cas-register", "0"));
        Assert.Equal(eventIndex, result.FirstNonLinearizable?.ReturnIndex);
    }
}
