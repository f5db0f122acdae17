using System.Text.Json;

namespace RaftCheck.Cli.Tests;

public sealed class ReportTests : IDisposable
{
    private const string Good = """
        {"type":"invoke","process":0,"f":"put","key":"x","value":"a"}
        {"type":"ok","process":0,"f":"put","key":"x","value":"a"}

        """;

    private const string Bad = Good + """
        {"type":"invoke","process":1,"f":"get","key":"x"}
        {"type":"ok","process":1,"f":"get","key":"x","value":"b"}

        """;

    private readonly TemporaryFiles files = new();

    private string PagePath => Path.Combine(files.Directory, "h.html");

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_page_is_written_beside_the_history_and_the_exit_code_is_that_of_check()
    {
        var result = RaftCheckProcess.Run("report", files.Write("h.jsonl", Bad), "--model", "kv");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"Page: {PagePath}", result.Output, StringComparison.Ordinal);
        Assert.Contains("Not linearizable", File.ReadAllText(PagePath), StringComparison.Ordinal);
        Assert.Equal(["h.html", "h.jsonl"], Directory.GetFiles(files.Directory).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Check_writes_the_page_that_report_writes()
    {
        var history = files.Write("h.jsonl", """
            {"type":"invoke","process":0,"f":"write","value":1}
            {"type":"ok","process":0,"f":"write","value":1}
            """);
        var other = Path.Combine(files.Directory, "other.html");

        Assert.Equal(0, RaftCheckProcess.Run("report", history, "--model", "register", "--initial", "[1 2]", "--cas-fail", "seen-to-mismatch", "--timeout", "60s").ExitCode);
        Assert.Equal(0, RaftCheckProcess.Run("check", history, "--model", "register", "--initial", "[1 2]", "--cas-fail", "seen-to-mismatch", "--html", other).ExitCode);

        var page = File.ReadAllText(PagePath);
        Assert.Equal(page, File.ReadAllText(other));
        Assert.Contains($"raftcheck check {history} --model register --initial &#39;[1 2]&#39; --cas-fail seen-to-mismatch", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_is_there_already_is_kept_unless_forced()
    {
        var history = files.Write("h.jsonl", Bad);
        files.Write("h.html", "mine");

        CheckTests.AssertBadInput(RaftCheckProcess.Run("report", history, "--model", "kv"), "--force");
        Assert.Equal("mine", File.ReadAllText(PagePath));
        Assert.Equal(1, RaftCheckProcess.Run("report", history, "--model", "kv", "--force").ExitCode);
        Assert.Contains("Not linearizable", File.ReadAllText(PagePath), StringComparison.Ordinal);
    }

    [Fact]
    public void The_history_itself_is_never_replaced()
    {
        var history = files.Write("h.html", Bad);

        CheckTests.AssertBadInput(RaftCheckProcess.Run("report", history, "--model", "kv", "--force"), "this is the history");
        Assert.Equal(Bad, File.ReadAllText(history));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_bad_input_in_one_line() =>
        CheckTests.AssertBadInput(RaftCheckProcess.Run("report", files.Write("h.jsonl", Bad), "--model", "kv", "-o", Path.Combine(files.Directory, "none", "h.html")), "there is no such folder");

    [Fact]
    public void A_history_that_cannot_be_read_leaves_no_page()
    {
        CheckTests.AssertBadInput(RaftCheckProcess.Run("report", files.Write("h.jsonl", "{\"type\":"), "--model", "kv"), "h.jsonl:1:");

        Assert.False(File.Exists(PagePath));
    }

    [Fact]
    public void Json_names_the_page()
    {
        using var document = JsonDocument.Parse(RaftCheckProcess.Run("report", files.Write("h.jsonl", Good), "--model", "kv", "--json").Output);

        Assert.Equal(PagePath, document.RootElement.GetProperty("page").GetString());
    }
}
