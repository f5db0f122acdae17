using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace RaftCheck.Linearizability.Tests;

public sealed class JsonLinesWriterTests
{
    private static readonly HistoryEvent[] Sample =
    [
        new(0, EventType.Invoke, 0, "put", "x", Value.Of("a\"\\\n\té😀\u0001"), 12000000, null),
        new(1, EventType.Info, HistoryEvent.NemesisProcess, "partition", null, Value.List(Value.Keyword("n1"), Value.Set(Value.Of(2), Value.Of(1))), 13000000, null),
        new(3, EventType.Fail, 0, "put", null, Value.Map((Value.Keyword("b"), Value.True), (Value.Keyword("a"), Value.Nil)), -1, "mismatch"),
    ];

    [Fact]
    public void The_bytes_are_these()
    {
        const string Expected =
            "{\"format\":\"raftcheck-history\",\"version\":1,\"model\":\"kv\"}\n"
            + "{\"index\":0,\"type\":\"invoke\",\"process\":0,\"f\":\"put\",\"key\":\"x\",\"value\":\"a\\\"\\\\\\n\\u0009é😀\\u0001\",\"time\":12000000}\n"
            + "{\"index\":1,\"type\":\"info\",\"process\":\"nemesis\",\"f\":\"partition\",\"value\":[\"n1\",[1,2]],\"time\":13000000}\n"
            + "{\"index\":3,\"type\":\"fail\",\"process\":0,\"f\":\"put\",\"value\":{\"a\":null,\"b\":true},\"error\":\"mismatch\"}\n";
        using var stream = new MemoryStream();
        JsonLinesWriter.Write(Sample, stream, "kv");
        Assert.Equal(Encoding.UTF8.GetBytes(Expected), stream.ToArray());

        using var text = new StringWriter { NewLine = "\r\n" };
        JsonLinesWriter.Write(Sample, text, "kv");
        Assert.Equal(Expected, text.ToString());
    }

    [Property(MaxTest = 500)]
    public void What_is_written_reads_back_the_same_and_writes_the_same_bytes(NonNull<string>[] texts, long[] numbers, bool[] bits)
    {
        HistoryEvent[] events = Events(texts, numbers, bits);
        string written = Reading.Write(events, "register");
        RecordedHistory read = Reading.Read(written);
        Assert.Equal("register", read.Model);
        Assert.Equal(events, read.History.Events);
        Assert.Equal(written, Reading.Write(read.History.Events, read.Model));
    }

    [Fact]
    public void Numbers_beyond_64_bits_and_fractions_keep_their_text()
    {
        Value value = Value.List(Value.Literal("1e400"), Value.Literal("-0.50"), Value.Literal("123456789012345678901234567890"), Value.Of(long.MinValue));
        var e = new HistoryEvent(0, EventType.Invoke, 0, "write", null, value, -1, null);
        Assert.Equal(e, Assert.Single(Reading.Read(Reading.Write([e])).History.Events));
    }

    [Fact]
    public void Where_in_the_log_an_operation_took_effect_is_written_and_reads_back_onto_the_operation()
    {
        HistoryEvent[] events =
        [
            new(0, EventType.Invoke, 0, "write", null, Value.Of(1), -1, null),
            new(1, EventType.Ok, 0, "write", null, Value.Of(1), -1, null) { Log = new LogPosition(3, 17) },
        ];
        string written = Reading.Write(events);
        Assert.EndsWith("\"value\":1,\"logTerm\":3,\"logIndex\":17}\n", written, StringComparison.Ordinal);
        History read = Reading.Read(written).History;
        Assert.Equal(events, read.Events);
        Assert.Equal(new LogPosition(3, 17), Assert.Single(read.Operations).Log);
    }

    private static HistoryEvent[] Events(NonNull<string>[] texts, long[] numbers, bool[] bits)
    {
        string Text(int i) => texts.Length == 0 ? "" : texts[i % texts.Length].Get;
        long Number(int i) => numbers.Length == 0 ? 0 : numbers[i % numbers.Length];
        var events = new List<HistoryEvent>();
        for (int i = 0; i < texts.Length + numbers.Length; i++)
        {
            Value value = (i % 5) switch
            {
                0 => Value.Of(Text(i)),
                1 => Value.Of(Number(i)),
                2 => Value.List(Value.Nil, Value.Of(Text(i + 1)), Value.List(), Value.Of(Number(i) > 0)),
                3 => Value.Map((Value.Of(Text(i)), Value.Map()), (Value.Of(Text(i + 1)), Value.Of(1))),
                _ => Value.Nil,
            };
            bool bit = bits.Length > 0 && bits[i % bits.Length];
            events.Add(new HistoryEvent(
                i * 3, EventType.Invoke, bit ? HistoryEvent.NemesisProcess : i, Text(i), bit ? null : Text(i + 2), value, bit ? -1 : Math.Abs(Number(i) / 2), bit ? Text(i) : null));
        }

        return [.. events];
    }
}
