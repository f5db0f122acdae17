using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace RaftCheck.Linearizability.Tests;

public sealed class ConversionTests
{
    public static TheoryData<string, string, string> CorpusFiles()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string[] row in Corpus.Verdicts()) data.Add(row[0], row[1], row[2]);
        if (data.Count == 0) data.Add("", "", "");
        return data;
    }

    [SkippableTheory, MemberData(nameof(CorpusFiles))]
    public void Every_recorded_history_is_the_same_in_every_format(string file, string model, string initial)
    {
        Skip.If(Corpus.Folder is null, "the corpus is not here");
        History history = Corpus.Read(file).History;
        AssertSame(history, There(history, HistoryFormats.JsonLines, model));
        AssertSame(history, There(history, HistoryFormats.Edn, model));
        AssertSame(history, There(There(history, HistoryFormats.JsonLines, null), HistoryFormats.Edn, null));
        if (model == "kv")
        {
            Assert.Contains("no place for a key", Complaint(history, HistoryFormats.JepsenLog), StringComparison.Ordinal);
            return;
        }

        History logged = There(history, HistoryFormats.JepsenLog, model);
        AssertSame(Poorer(history), logged);
        Model judge = Models.Find(model, initial);
        Assert.Equal(LinearizabilityChecker.Check(history, judge).Verdict, LinearizabilityChecker.Check(logged, judge).Verdict);
    }

    [Property(MaxTest = 300)]
    public void Every_generated_history_is_the_same_in_every_format(int[] numbers, bool isObserved)
    {
        foreach (string model in (string[])["register", "cas-register", "kv", "multi-register", "mutex"])
        {
            History history = HistoryScript.Play(model, numbers, isObserved ? NilRead.Observed : NilRead.Unconstrained);
            AssertSame(history, There(history, HistoryFormats.JsonLines, model));
            AssertSame(history, There(history, HistoryFormats.Edn, model));
            if (model != "kv") AssertSame(Poorer(history), There(history, HistoryFormats.JepsenLog, model));
        }
    }

    [Property(MaxTest = 1000)]
    public void Every_event_that_a_program_can_make_is_the_same_in_JSON_and_EDN(NonNull<string>[] texts, long[] numbers)
    {
        History history = History.FromEvents(AnyEvents.Of(texts, numbers), numbers.Length % 2 == 0 ? NilRead.Observed : NilRead.Unconstrained);
        AssertSame(history, There(history, HistoryFormats.JsonLines, null));
        AssertSame(history, There(history, HistoryFormats.Edn, null));
    }

    [Theory]
    [InlineData(HistoryFormats.JsonLines)]
    [InlineData(HistoryFormats.Edn)]
    [InlineData(HistoryFormats.JepsenLog)]
    public void What_a_read_of_nil_says_is_the_same_in_every_format(string format)
    {
        const string Written = "{:process 0 :type :invoke :f :write :value 1}{:process 0 :type :ok :f :write :value 1}";
        const string Nil = "{:process 0 :type :invoke :f :read :value nil}{:process 0 :type :ok :f :read :value nil}";
        const string Observed = "#_{:format \"raftcheck-history\" :version 1 :nil-reads :observed}";
        Model register = Models.Find("register");
        Assert.Equal(Verdict.Linearizable, LinearizabilityChecker.Check(There(Reading.Read(Written + Nil).History, format, null), register).Verdict);
        Assert.Equal(Verdict.NotLinearizable, LinearizabilityChecker.Check(There(Reading.Read(Observed + Written + Nil).History, format, null), register).Verdict);
    }

    [Theory]
    [InlineData(":mismatch", true)]
    [InlineData("\"mismatch\"", true)]
    [InlineData("\" mismatch\"", false)]
    [InlineData("\":mismatch\"", false)]
    [InlineData("\"no :mismatch\"", false)]
    [InlineData("nil", false)]
    public void A_cas_that_was_seen_to_mismatch_stays_one_and_no_other_becomes_one(string error, bool isMismatch)
    {
        foreach (string value in (string[])["[1 2]", ":mismatch", "nil"])
        {
            History history = Reading.Read($"{{:process 0 :type :invoke :f :cas :value [1 2]}}{{:process 0 :type :fail :f :cas :value {value} :error {error}}}").History;
            foreach (string format in (string[])[HistoryFormats.JsonLines, HistoryFormats.Edn, HistoryFormats.JepsenLog])
            {
                Assert.Equal(isMismatch, There(history, format, null).Operations[0].Error == HistoryEvent.MismatchError);
                Assert.Equal(history.Operations[0].Error, There(history, format, null).Operations[0].Error);
            }
        }
    }

    [Fact]
    public void The_bytes_are_these()
    {
        History history = Reading.Read(
            "{:process 0 :type :invoke :f :add :value :a :time 7} {:process :nemesis :type :info :f [:cut 1] :value #{2 1}}"
            + "{:process 0 :type :fail :f :add :value :a :time 5 :error \"not now\" :log-term 1 :log-index 2}").History;
        Assert.Equal(
            """
            {"format":"raftcheck-history","version":1,"model":"set","nilReads":"unconstrained","values":"edn","times":"unordered"}
            {"index":0,"type":"invoke","process":0,"f":"add","value":":a","time":7}
            {"index":1,"type":"info","process":"nemesis","f":"[:cut 1]","value":"#{1 2}"}
            {"index":2,"type":"fail","process":0,"f":"add","value":":a","time":5,"logTerm":1,"logIndex":2,"error":"not now"}

            """,
            Reading.Write(history, HistoryFormats.JsonLines, "set"));
        Assert.Equal(
            """
            #_{:format "raftcheck-history", :version 1, :model "set"}
            {:process 0, :type :invoke, :f :add, :value :a, :time 7, :index 0}
            {:process :nemesis, :type :info, :f "[:cut 1]", :value #{1 2}, :index 1}
            {:process 0, :type :fail, :f :add, :value :a, :time 5, :index 2, :log-term 1, :log-index 2, :error "not now"}

            """,
            Reading.Write(history, HistoryFormats.Edn, "set"));
        Assert.Equal(
            "INFO  raftcheck - {:format \"raftcheck-history\", :version 1, :nil-reads :unconstrained}\n"
            + "INFO  jepsen.util - 0\t:invoke\t:add\t:a\n"
            + "INFO  jepsen.util - :nemesis\t:info\t:[:cut-1]\t#{1 2}\n"
            + "INFO  jepsen.util - 0\t:fail\t:add\t:a\t\"not now\"\n",
            Reading.Write(history, HistoryFormats.JepsenLog));
    }

    [Fact]
    public void A_history_without_events_is_the_same_in_every_format()
    {
        History nothing = History.FromEvents([]);
        Assert.All((string[])[HistoryFormats.JsonLines, HistoryFormats.Edn, HistoryFormats.JepsenLog], format => Assert.Empty(There(nothing, format, null).Events));
    }

    [Fact]
    public void What_a_format_cannot_express_is_an_error_that_names_the_event()
    {
        Assert.Equal("event 0: Jepsen's log has no place for the operation \"a b\"", Complaint(One("a b", Value.Nil), HistoryFormats.JepsenLog));
        Assert.Equal("event 0: Jepsen's log has no place for the value sym", Complaint(One("f", Value.Literal("sym")), HistoryFormats.JepsenLog));
        Assert.All(
            (Value[])[Value.Keyword("a b"), Value.Keyword(""), Value.List(Value.Literal("]")), Value.Literal("x ; y"), Value.Keyword("\ud800"), Value.Literal("12")],
            value => Assert.Contains("event 0: the value ", Complaint(One("f", value), HistoryFormats.Edn), StringComparison.Ordinal));
    }

    private static History One(string f, Value value) => History.FromEvents([new HistoryEvent(0, EventType.Invoke, 0, f, null, value, -1, null)]);

    private static string Complaint(History history, string format) =>
        Assert.Throws<HistoryFormatException>(() => HistoryWriter.Write(history, Stream.Null, format)).Message;

    /// <summary>The history as it comes back from a format.</summary>
    private static History There(History history, string format, string? model)
    {
        string written = Reading.Write(history, format, model);
        RecordedHistory read = Reading.Read(written);
        Assert.Equal((format, model), (read.Format, read.Model));
        Assert.Equal(written, Reading.Write(read.History, format, model));
        return read.History;
    }

    private static void AssertSame(History expected, History actual)
    {
        Assert.Equal(expected.Events, actual.Events);
        Assert.Equal(expected.NilReads, actual.NilReads);
    }

    /// <summary>What a log keeps of a history.</summary>
    private static History Poorer(History history) => History.FromEvents(
        history.Events.Select(static (e, i) => e with
        {
            Index = i,
            TimeNs = -1,
            Log = null,
            Error = e.IsNemesis ? null : e.Error,
            Value = !e.IsNemesis && e.Error is null && e.Type is EventType.Fail or EventType.Info && e.Value.Kind == ValueKind.Keyword ? Value.Nil : e.Value,
        }),
        history.NilReads);
}
