using System.Text.Json;

namespace RaftCheck.Cli.Tests;

public sealed class CheckTests : IDisposable
{
    private const string Written = """
        {"index":0,"type":"invoke","process":0,"f":"put","key":"x","value":"a","time":0}
        {"index":1,"type":"ok","process":0,"f":"put","key":"x","value":"a","time":1}
        {"index":2,"type":"invoke","process":1,"f":"get","key":"x","value":null,"time":2}

        """;

    private const string Stale = """
        {"index":0,"type":"invoke","process":0,"f":"put","key":"x","value":"a","time":0}
        {"index":1,"type":"ok","process":0,"f":"put","key":"x","value":"a","time":1}
        {"index":2,"type":"invoke","process":0,"f":"put","key":"x","value":"b","time":2}
        {"index":3,"type":"ok","process":0,"f":"put","key":"x","value":"b","time":3}
        {"index":4,"type":"invoke","process":1,"f":"get","key":"x","value":null,"time":4}
        {"index":5,"type":"ok","process":1,"f":"get","key":"x","value":"a","time":5}

        """;

    private readonly TemporaryFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_linearizable_history_exits_with_0()
    {
        var result = Check(Written + """{"index":3,"type":"ok","process":1,"f":"get","key":"x","value":"a","time":3}""" + "\n");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("linearizable: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_that_is_not_linearizable_exits_with_1_and_names_the_operation()
    {
        var result = Check(Written + """{"index":3,"type":"ok","process":1,"f":"get","key":"x","value":"b","time":3}""" + "\n");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("not linearizable: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("event 3", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_that_is_linearizable_but_not_in_the_order_of_its_log_exits_with_1()
    {
        var result = Check(
            """
            {"type":"invoke","process":0,"f":"put","key":"x","value":"a"}
            {"type":"ok","process":0,"f":"put","key":"x","value":"a","logTerm":1,"logIndex":2}
            {"type":"invoke","process":0,"f":"put","key":"y","value":"a"}
            {"type":"ok","process":0,"f":"put","key":"y","value":"a","logTerm":1,"logIndex":1}

            """);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("linearizable, but not in the order of its log: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("it had returned before the other was called", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_pass_is_worth_is_said_on_demand()
    {
        var file = files.Write("h.jsonl", Written + """{"index":3,"type":"ok","process":1,"f":"get","key":"x","value":"a","time":3}""" + "\n");

        var result = RaftCheckProcess.Run("check", file, "--model", "kv", "--vacuity");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Vacuity: 2 replies changed, one at a time: 100.0 % refused", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_document_and_nothing_else()
    {
        var file = files.Write("h.jsonl", Written);
        var result = RaftCheckProcess.Run("check", file, "--model", "kv", "--json");

        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("linearizable", document.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void A_violation_is_explained_with_its_operations_and_what_holds_all_the_same()
    {
        var result = Check(Stale);

        Assert.Equal(1, result.ExitCode);
        var lines = result.Output.Split('\n');
        Assert.Equal("Key \"x\": `get` by process 1 (events 4 to 5) returned \"a\", but \"b\" had been written by `put \"b\"` by process 0 (events 2 to 3) and acknowledged before it began, and nothing wrote \"a\" after that.", lines[1]);
        Assert.Equal("  events 2 to 3: process 0: put \"x\" \"b\" -> ok", lines[3]);
        Assert.Equal("  events 4 to 5: process 1: get \"x\" -> \"a\"", lines[4]);
        Assert.Equal("  events 0 to 1: process 0: put \"x\" \"a\" -> ok", lines[6]);
        Assert.Equal("What holds all the same: reads are at most 1 value late (k-stale with k = 2).", lines[7]);
        Assert.Contains("First operation that can't be linearized: event 5", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_can_be_left_out()
    {
        var result = RaftCheckProcess.Run("check", files.Write("h.jsonl", Stale), "--model", "kv", "--no-explain");

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("contradict", result.Output, StringComparison.Ordinal);
        Assert.Contains("event 5", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_explanation_is_in_the_document_too()
    {
        var result = RaftCheckProcess.Run("check", files.Write("h.jsonl", Stale), "--model", "kv", "--json");

        using var document = JsonDocument.Parse(result.Output);
        var why = document.RootElement.GetProperty("why");
        Assert.True(why.GetProperty("isMinimal").GetBoolean());
        Assert.Equal([2, 4], why.GetProperty("core").EnumerateArray().Select(operation => operation.GetProperty("invoke").GetInt32()));
        Assert.Equal("does-not-hold", why.GetProperty("levels")[0].GetProperty("answer").GetString());
        Assert.Equal(2, why.GetProperty("levels")[1].GetProperty("k").GetInt32());
    }

    [Fact]
    public void A_torn_line_is_bad_input_with_its_place() =>
        AssertBadInput(Check(Written + """{"index":3,"type":"ok","proc"""), "h.jsonl:4:");

    [Fact]
    public void An_empty_file_is_bad_input() =>
        AssertBadInput(Check(""), "h.jsonl");

    [Fact]
    public void A_file_that_is_not_there_is_bad_input() =>
        AssertBadInput(RaftCheckProcess.Run("check", Path.Combine(files.Directory, "none.edn"), "--model", "kv"), "there is no such file");

    [Fact]
    public void An_unknown_model_is_bad_input_with_the_models_that_there_are() =>
        AssertBadInput(RaftCheckProcess.Run("check", files.Write("h.jsonl", Written), "--model", "kvs"), "cas-register");

    [Fact]
    public void A_file_that_names_no_model_asks_for_one() =>
        AssertBadInput(RaftCheckProcess.Run("check", files.Write("h.jsonl", Written)), "--model");

    [Fact]
    public void An_operation_that_the_model_does_not_know_is_bad_input_with_the_files_name() =>
        AssertBadInput(RaftCheckProcess.Run("check", files.Write("h.jsonl", Written), "--model", "mutex"), "h.jsonl");

    [Fact]
    public void An_unknown_option_is_bad_usage() =>
        AssertBadInput(RaftCheckProcess.Run("check", files.Write("h.jsonl", Written), "--modle", "kv"), "--modle");

    [Fact]
    public void A_time_that_is_none_is_bad_usage() =>
        AssertBadInput(RaftCheckProcess.Run("check", files.Write("h.jsonl", Written), "--timeout", "soon"), "soon");

    private RaftCheckProcess.Result Check(string history) =>
        RaftCheckProcess.Run("check", files.Write("h.jsonl", history), "--model", "kv");

    internal static void AssertBadInput(RaftCheckProcess.Result result, string expected)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.Equal("", result.Output);
    }
}
