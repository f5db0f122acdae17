using System.Diagnostics;

namespace RaftCheck.Linearizability.Tests;

public sealed class HostileTests
{
    private const int Deep = 100_000;

    [Theory]
    [InlineData("[", "")]
    [InlineData("{:a ", "")]
    [InlineData("{:value ", "")]
    [InlineData("#{", "[")]
    [InlineData("#a ", "[{:x ")]
    [InlineData("#_ ", "[")]
    [InlineData("[", "{\"type\":\"invoke\",\"process\":0,\"f\":\"w\",\"value\":")]
    [InlineData("{\"a\":", "{\"a\":")]
    [InlineData("[", "INFO  jepsen.util - 0\t:invoke\t:write\t")]
    public void Very_deep_nesting_is_an_error_and_not_a_stack_overflow(string level, string before)
    {
        string message = Reading.Complaint(before + string.Concat(Enumerable.Repeat(level, Deep)));
        // A vector of events opens with the first bracket and holds no others.
        Assert.Contains("values are nested more than 200 deep", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Giant_numbers_are_values_and_not_errors()
    {
        string digits = new('9', 100_000);
        Value value = Reading.Read($"{{:process 0 :type :invoke :f :write :value {digits}}}").History.Events[0].Value;
        Assert.Equal(digits, value.AsText);
        Assert.Equal(value, Reading.Read($"{{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":{digits}}}").History.Events[0].Value);
    }

    [Theory]
    [InlineData("{\"type\":\"invoke\",\"process\":0,\"f\":\"w\",\"value\":\"", "x", "\"}\n")]
    [InlineData("{\"type\":\"invoke\",\"process\":0,\"f\":\"w\",\"value\":[0", ",[]", "]}\n")]
    [InlineData("{:type :invoke :process 0 :f :w :value \"", "\\n", "\"}")]
    [InlineData("{:type :invoke :process 0 :f :w :value [", "[1 2 3 4 5] ", "]}")]
    [InlineData("INFO  jepsen.util - 0\t:invoke\t:w\t[", "{} ", "]\n")]
    public void A_line_of_ten_megabytes_reads_in_good_time(string before, string repeated, string after)
    {
        var watch = Stopwatch.StartNew();
        string body = string.Concat(Enumerable.Repeat(repeated, 10_000_000 / repeated.Length));
        Assert.Single(Reading.Read(before + body + after).History.Events);
        Assert.NotEmpty(Reading.Complaint(before + body));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused_with_its_size_and_is_not_read()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");
        try
        {
            using (FileStream file = File.Create(path)) file.SetLength(1L << 30);
            long before = GC.GetAllocatedBytesForCurrentThread();
            string message = Assert.Throws<HistoryFormatException>(() => HistoryReader.Read(path)).Message;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            Assert.Equal($"{Path.GetFileName(path)}:1:1: the file has 1,073,741,824 bytes, more than the 536,870,912 that can be read", message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{\"type\":\"invoke\",\"process\":0,\"f\":\"w\"", ",\"a{0}\":1", "}\n")]
    [InlineData("{:type :invoke :process 0 :f :w", " :a{0} 1", "}")]
    public void An_event_with_very_many_unknown_fields_takes_time_in_proportion(string before, string repeated, string after)
    {
        var watch = Stopwatch.StartNew();
        string fields = string.Concat(Enumerable.Range(0, 300_000).Select(i => repeated.Replace("{0}", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        Assert.Single(Reading.Read(before + fields + after).History.Events);
        Assert.Contains("a key twice", Reading.Complaint(before + fields + repeated.Replace("{0}", "7", StringComparison.Ordinal) + after), StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void Very_many_processes_are_read_in_memory_in_proportion_to_the_file()
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < 300_000; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"type\":\"invoke\",\"process\":{i * 7919L},\"f\":\"write\",\"value\":{i}}}\n");
        byte[] content = System.Text.Encoding.UTF8.GetBytes(text.ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();
        RecordedHistory read = HistoryReader.Parse(content, "h.txt");
        Assert.Equal(300_000, read.History.Operations.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20L * content.Length);
    }

    [Theory]
    [InlineData("\uFEFF{{\"type\":\"invoke\",\"process\":0,\"f\":\"read\"}}{0}{0}{{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"value\":1}}{0}")]
    [InlineData("\uFEFF; x{0}[{{:type :invoke :process 0 :f :read}}{0},{{:type :ok :process 0 :f :read :value 1}}]{0}")]
    [InlineData("\uFEFFINFO  jepsen.util - 0\t:invoke\t:read\tnil{0}{0}INFO  jepsen.util - 0\t:ok\t:read\t1{0}")]
    public void A_byte_order_mark_and_either_line_end_change_nothing(string text)
    {
        IReadOnlyList<HistoryEvent> Events(string lineEnd) => Reading.Read(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, lineEnd)).History.Events;
        Assert.Equal(2, Events("\n").Count);
        Assert.Equal(Events("\n"), Events("\r\n"));
    }

    [Fact]
    public void NUL_bytes_are_an_error_with_a_place()
    {
        Assert.Equal("h.txt:1:1: the file is not a history: not JSON lines, not EDN, and no line of it is one that Jepsen prints", Reading.Complaint(new byte[4096]));
        Assert.Equal("h.txt:1:29: a JSON string cannot hold a control character", Reading.Complaint("{\"type\":\"invoke\",\"process\":\"\0\"}"));
        Assert.Equal("h.txt:1:8: ' ' starts no value", Reading.Complaint("{:type \0}"));
    }

    [Fact]
    public void A_long_history_without_concurrency_takes_time_in_proportion()
    {
        const int Pairs = 50_000;
        var events = new List<HistoryEvent>();
        for (int i = 0; i < Pairs; i++)
        {
            string f = i % 2 == 0 ? "write" : "read";
            events.Add(new HistoryEvent(2 * i, EventType.Invoke, i % 5, f, null, Value.Of(i / 2), -1, null));
            events.Add(new HistoryEvent((2 * i) + 1, EventType.Ok, i % 5, f, null, Value.Of(i / 2), -1, null));
        }

        CheckResult result = LinearizabilityChecker.Check(History.FromEvents(events), Models.Find("register"), new() { Timeout = TimeSpan.FromSeconds(20) });
        Assert.Equal(Verdict.Linearizable, result.Verdict);
        Assert.Equal(Pairs, Assert.Single(result.Linearization).Operations.Count);
    }
}
