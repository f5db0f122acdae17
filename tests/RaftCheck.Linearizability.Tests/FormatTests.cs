namespace RaftCheck.Linearizability.Tests;

public sealed class FormatTests
{
    [Fact]
    public void Our_own_format_is_read_field_by_field()
    {
        RecordedHistory read = Reading.Read(
            """
            {"format":"raftcheck-history","version":1,"model":"kv","written by":"a test"}
            {"index":0,"type":"invoke","process":0,"f":"put","key":"x","value":"a","time":12000000}
            {"index":1,"type":"info","process":"nemesis","f":"partition","value":[1,[2,3]],"extra":{"a":1.5}}

            {"index":5,"type":"info","process":0,"f":"put","value":null,"time":13000000,"error":"timed out"}
            """);
        Assert.Equal((HistoryFormats.JsonLines, "kv"), (read.Format, read.Model));
        Assert.Equal(
            [
                new HistoryEvent(0, EventType.Invoke, 0, "put", "x", Value.Of("a"), 12000000, null),
                new HistoryEvent(1, EventType.Info, -1, "partition", null, Value.List(Value.Of(1), Value.List(Value.Of(2), Value.Of(3))), -1, null),
                new HistoryEvent(5, EventType.Info, 0, "put", null, Value.Nil, 13000000, "timed out"),
            ],
            read.History.Events);
        Assert.Equal(read.History.Events[1], Assert.Single(read.History.Nemesis));
        Operation operation = Assert.Single(read.History.Operations);
        Assert.Equal((0, 5, "x", Completion.Info), (operation.InvokeIndex, operation.ReturnIndex, operation.Key, operation.Completion));
    }

    [Fact]
    public void A_header_and_an_index_may_be_left_out()
    {
        RecordedHistory read = Reading.Read("{\"type\":\"invoke\",\"process\":3,\"f\":\"read\"}\r\n{\"type\":\"ok\",\"process\":3,\"f\":\"read\",\"value\":-7}\r\n");
        Assert.Null(read.Model);
        Assert.Equal([0, 1], read.History.Events.Select(e => e.Index));
        Assert.Equal(Value.Of(-7), read.History.Operations[0].Output);
    }

    [Fact]
    public void A_history_without_events_is_a_history()
    {
        Assert.Empty(Reading.Read("{\"format\":\"raftcheck-history\",\"version\":1}").History.Events);
        Assert.Empty(Reading.Read("; nothing happened\n[]").History.Events);
    }

    [Fact]
    public void The_log_that_Jepsen_prints_is_read_with_tabs_and_with_blanks()
    {
        RecordedHistory read = Reading.Read(
            "Some other line\nINFO  jepsen.core - nothing of note\nINFO  jepsen.util - hello\n"
            + "INFO  jepsen.util - 0\t:invoke\t:read\tnil\n"
            + "INFO  jepsen.util - 12   :invoke :cas    [0 3]\n"
            + "INFO  jepsen.util - :nemesis\t:info\t:start\t\"Cut off {:n1 #{:n2}}\"\n"
            + "INFO  jepsen.util - 0\t:ok\t:read\t-4\r\n"
            + "2015-01-01 INFO  [jepsen worker 12] jepsen.util: 12\t:info\t:cas\t:timed-out\n");
        Assert.Equal(HistoryFormats.JepsenLog, read.Format);
        Assert.Equal(
            [
                new HistoryEvent(0, EventType.Invoke, 0, "read", null, Value.Nil, -1, null),
                new HistoryEvent(1, EventType.Invoke, 12, "cas", null, Value.List(Value.Of(0), Value.Of(3)), -1, null),
                new HistoryEvent(2, EventType.Info, -1, "start", null, Value.Of("Cut off {:n1 #{:n2}}"), -1, null),
                new HistoryEvent(3, EventType.Ok, 0, "read", null, Value.Of(-4), -1, null),
                new HistoryEvent(4, EventType.Info, 12, "cas", null, Value.Keyword("timed-out"), -1, "timed-out"),
            ],
            read.History.Events);
    }

    [Theory]
    [InlineData("INFO  jepsen.util - ")]
    [InlineData("2014-08-01 12:00:00,123 INFO jepsen.util - ")]
    [InlineData("2020-05-17 23:07:37,389{GMT}\tINFO\t[jepsen worker 2] jepsen.util: ")]
    [InlineData("INFO [2019-04-01 11:25:23,791] jepsen worker 2 - jepsen.util ")]
    [InlineData("[jepsen worker 2] jepsen.util: ")]
    [InlineData("")]
    public void The_log_that_Jepsen_prints_is_read_whatever_stands_in_front(string front)
    {
        string log = $"{front}2\t:invoke\t:cas\t[1 4]\r\n{front}2   :fail    :cas   [1 4]\tno leader :yet\n"
            + $"at jepsen.util$timeout$fn__1.invoke(util.clj:10)\n{front}:nemesis\t:info\t:start\tnil\n"
            + $"{front}7\t:invoke\t:read\tnil\n{front}7\t:info\t:read\tnil\t:timed-out\n{front}7\t:invoke\t:read\tnil\n{front}7\t:fail\t:read\tnil\t[:http \"x y\"]\nEverything looks good!";
        RecordedHistory read = Reading.Read(log);
        Assert.Equal(HistoryFormats.JepsenLog, read.Format);
        Assert.Equal([EventType.Invoke, EventType.Fail, EventType.Info, EventType.Invoke, EventType.Info, EventType.Invoke, EventType.Fail], read.History.Events.Select(e => e.Type));
        Assert.Equal([2L, 2, -1, 7, 7, 7, 7], read.History.Events.Select(e => e.Process));
        Assert.Equal(Value.List(Value.Of(1), Value.Of(4)), read.History.Events[1].Value);
        Assert.Equal([null, "no leader :yet", null, null, "timed-out", null, "[:http \"x y\"]"], read.History.Events.Select(e => e.Error));
    }

    [Theory]
    [InlineData("[{:type :invoke, :process 1 :f :read :value nil} {:type :ok :process 1 :f :read :value 3}]")]
    [InlineData("({:type :invoke :process 1 :f :read}\n; a comment\n{:type :ok :process 1 :f :read :value 3})")]
    [InlineData("; a comment\n{:type :invoke :process 1 :f :read}\n\n{:type :ok :process 1 :f :read :value 3}")]
    [InlineData("#_ {:not :an :event 1} [ #_ #_ 1 2 {:type :invoke :process 1 :f :read #_ :value #_ [1 (2)]},,{:type \"ok\" :process 1 :f \"read\" :value 3N}]")]
    [InlineData("#jepsen.history.Op{:type :invoke :process 1 :f :read} #jepsen.history.Op {:type :ok :process 1 :f :read :value #num 3}")]
    public void The_same_history_in_any_shape_of_EDN_reads_the_same(string text)
    {
        RecordedHistory read = Reading.Read(text);
        Assert.Equal((HistoryFormats.Edn, NilRead.Unconstrained), (read.Format, read.History.NilReads));
        Assert.Equal(
            [
                new HistoryEvent(0, EventType.Invoke, 1, "read", null, Value.Nil, -1, null),
                new HistoryEvent(1, EventType.Ok, 1, "read", null, Value.Of(3), -1, null),
            ],
            read.History.Events);
    }

    [Fact]
    public void Every_field_of_an_EDN_event_is_read()
    {
        RecordedHistory read = Reading.Read(
            "{:index 7 :process 0, :type :invoke, :f :append, :key \"0\", :value \"x 0\\t\\u00e9\\\"y\" :time 5}"
            + "{:index 9 :process :nemesis :type :info :f :start :value \"cut\" :extra #{1 2}}"
            + "{:index 10 :process 0, :type :fail, :f :append, :key \"0\", :value nil :error [:unavailable nil]}");
        Assert.Equal(
            [
                new HistoryEvent(7, EventType.Invoke, 0, "append", "0", Value.Of("x 0\té\"y"), 5, null),
                new HistoryEvent(9, EventType.Info, -1, "start", null, Value.Of("cut"), -1, null),
                new HistoryEvent(10, EventType.Fail, 0, "append", "0", Value.Nil, -1, "[:unavailable nil]"),
            ],
            read.History.Events);
    }

    [Fact]
    public void A_header_says_what_the_notation_cannot()
    {
        RecordedHistory read = Reading.Read(
            """
            {"format":"raftcheck-history","version":1,"model":"set","nilReads":"unconstrained","values":"edn","times":"unordered"}
            {"type":"invoke","process":0,"f":"add","value":":a","time":5}
            {"type":"ok","process":0,"f":"add","value":"#{:a 1/2}","time":3}
            """);
        Assert.Equal(NilRead.Unconstrained, read.History.NilReads);
        Assert.Equal(Value.Keyword("a"), read.History.Operations[0].Input);
        Assert.Equal(Value.Set(Value.Keyword("a"), Value.Literal("1/2")), read.History.Operations[0].Output);
    }

    [Theory]
    [InlineData("; a comment\n#_{:format \"raftcheck-history\" :version 1 :model :register :nil-reads :observed} {:process 0 :type :invoke :f :read}", NilRead.Observed)]
    [InlineData("#_{:format :raftcheck-history :version 1 :model \"register\"}\n[]", NilRead.Unconstrained)]
    [InlineData("INFO  raftcheck - {:format \"raftcheck-history\" :version 1 :model \"register\" :nil-reads :unconstrained}\n", NilRead.Unconstrained)]
    public void Where_others_see_a_comment_there_may_be_a_header(string text, NilRead nilReads)
    {
        RecordedHistory read = Reading.Read(text);
        Assert.Equal(("register", nilReads), (read.Model, read.History.NilReads));
    }

    [Fact]
    public void A_return_may_say_where_in_the_log_it_took_effect()
    {
        RecordedHistory read = Reading.Read("{:process 0 :type :invoke :f :read} {:process 0 :type :ok :f :read :value 1 :log-term 2 :log-index 5}");
        Assert.Equal(new LogPosition(2, 5), read.History.Operations[0].Log);
        Assert.True(new LogPosition(9, 4) < new LogPosition(2, 5));
        Assert.True(new LogPosition(2, 5) < new LogPosition(3, 5));
    }

    [Theory]
    [InlineData("nil", "nil")]
    [InlineData("[1 (2 [3]) #{3 2 2.0}]", "[1 [2 [3]] #{2 3 2.0}]")]
    [InlineData("{:b 1, :a {\"k\" [true false]}}", "{:a {\"k\" [true false]} :b 1}")]
    [InlineData("\"a\\n\\\\ \\101 \\\" é\"", "\"a\\n\\\\ A \\\" é\"")]
    [InlineData("99999999999999999999999", "99999999999999999999999")]
    [InlineData("[\\a \\( ##Inf sym/bol :k/w +5 -0]", "[\\a \\( ##Inf sym/bol :k/w 5 0]")]
    [InlineData("#object[a.b.C$fn__7 0x1f \"a.b.C@1f\"]", "[a.b.C$fn__7 31 \"a.b.C@1f\"]")]
    [InlineData("#error {:cause nil :via [{:type java.io.IOException :at [a.B <init> \"B.java\" -2]}]}", "{:cause nil :via [{:at [a.B <init> \"B.java\" -2] :type java.io.IOException}]}")]
    [InlineData("[0xffffffffffffffff -0x10 3/4 1.5M \\newline :a.b/c #uuid \"1-2\"]", "[0xffffffffffffffff -16 3/4 1.5M \\newline :a.b/c \"1-2\"]")]
    [InlineData("#:db{:id 1 :a/b 2 :_/c 3 \"d\" 4}", "{\"d\" 4 :a/b 2 :c 3 :db/id 1}")]
    [InlineData("#inst \"2015-01-01\"", "\"2015-01-01\"")]
    public void Values_of_EDN_are_read_and_print_in_one_form(string text, string printed)
    {
        RecordedHistory read = Reading.Read($"{{:process 0 :type :invoke :f :write :value {text}}}");
        Assert.Equal(printed, read.History.Events[0].Value.ToString());
    }

    [Fact]
    public void A_file_is_read_by_its_path()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");
        File.WriteAllText(path, "\uFEFF{\"type\":\"invoke\",\"process\":3,\"f\":\"read\"}\nnonsense\n");
        try
        {
            var e = Assert.Throws<HistoryFormatException>(() => HistoryReader.Read(path));
            Assert.Equal((Path.GetFileName(path), 2, 1), (e.FileName, e.Line, e.Column));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Throws<FileNotFoundException>(() => HistoryReader.Read(path));
    }
}
