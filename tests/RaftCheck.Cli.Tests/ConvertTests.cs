namespace RaftCheck.Cli.Tests;

public sealed class ConvertTests : IDisposable
{
    // A read of nil says nothing here; in our own format it would say that the write was not seen.
    private const string Edn = """
        [{:process 0 :type :invoke :f :write :value 1}
         {:process 0 :type :ok :f :write :value 1}
         {:process 0 :type :invoke :f :read :value nil}
         {:process 0 :type :ok :f :read :value nil}]
        """;

    private readonly TemporaryFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("json-lines", "{\"format\":\"raftcheck-history\",\"version\":1,\"model\":\"register\",\"nilReads\":\"unconstrained\"}\n{\"index\":0,")]
    [InlineData("edn", "#_{:format \"raftcheck-history\", :version 1, :model \"register\"}\n{:process 0,")]
    [InlineData("jepsen-log", "INFO  raftcheck - {:format \"raftcheck-history\", :version 1, :model \"register\", :nil-reads :unconstrained}\nINFO  jepsen.util - 0\t")]
    public void The_new_file_names_its_model_and_has_the_verdict_of_the_old_one(string format, string start)
    {
        var output = Path.Combine(files.Directory, "out");
        var result = RaftCheckProcess.Run("convert", files.Write("h.edn", Edn), output, "--to", format, "--model", "register");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains($"4 events, {format} (from edn)", result.Output, StringComparison.Ordinal);
        Assert.StartsWith(start, File.ReadAllText(output), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(files.Directory).Length);
        Assert.Equal(0, RaftCheckProcess.Run("check", output).ExitCode);
    }

    [Fact]
    public void Standard_output_gets_the_history_and_nothing_else()
    {
        var result = RaftCheckProcess.Run("convert", files.Write("h.edn", Edn), "-");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(5, result.Output.TrimEnd().Split('\n').Length);
        Assert.Equal(result.Output, RaftCheckProcess.Run("convert", files.Write("h.jsonl", result.Output), "-").Output);
    }

    [Fact]
    public void A_file_that_exists_is_left_alone_unless_forced()
    {
        var output = files.Write("out.jsonl", "mine");
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", files.Write("h.edn", Edn), output), "--force");
        Assert.Equal("mine", File.ReadAllText(output));

        Assert.Equal(0, RaftCheckProcess.Run("convert", files.Write("h.edn", Edn), output, "--force").ExitCode);
        Assert.StartsWith("{\"format\"", File.ReadAllText(output), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_new_format_cannot_express_is_bad_input_and_leaves_no_file()
    {
        var input = files.Write("h.edn", "{:process 0 :type :invoke :f :put :key \"x\" :value \"a\"}");
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", input, Path.Combine(files.Directory, "out"), "--to", "jepsen-log"), "h.edn: event 0: Jepsen's log has no place for a key");
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", input, "-", "--to", "jepsen-log"), "no place for a key");
        Assert.Equal([input], Directory.GetFileSystemEntries(files.Directory));
    }

    [Fact]
    public void Bad_usage_and_bad_input_are_one_line()
    {
        var input = files.Write("h.edn", Edn);
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", input, "-", "--to", "xml"), "xml");
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", input, "-", "--model", "kvs"), "cas-register");
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", input, files.Directory, "--force"), "this is a folder");
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", input, ""), "needs a name");
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", input, Path.Combine(files.Directory, "none", "out")), "there is no such folder");
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", Path.Combine(files.Directory, "none"), "-"), "there is no such file");
        CheckTests.AssertBadInput(RaftCheckProcess.Run("convert", files.Write("torn.edn", Edn[..^1]), "-"), "torn.edn:4:");
    }

    [Fact]
    public void A_file_of_a_gigabyte_is_refused_with_its_size()
    {
        var path = files.Write("big.jsonl", "");
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(1L << 30);
        }

        CheckTests.AssertBadInput(RaftCheckProcess.Run("check", path, "--model", "kv"), "big.jsonl:1:1: the file has 1,073,741,824 bytes, more than the 536,870,912 that can be read");
    }
}
