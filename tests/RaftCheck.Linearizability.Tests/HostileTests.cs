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
