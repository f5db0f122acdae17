using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace RaftCheck.Raft.Host;

/// <summary>
/// The history, as JSON Lines (docs/HISTORIES.md), to a pipe. A line that was written is the pipe's, and outlives the
/// process however that ends. A call is written before it is made, and its return after it was made: so an effect that
/// nobody was told of has at least its call in the history. Safe for use by several threads.
/// </summary>
internal sealed class HistoryLog(Stream output, int incarnation)
{
    /// <summary>More than any incarnation gets through: the numbers of two incarnations' processes never meet.</summary>
    private const int ProcessesEach = 100_000;

    private const int NanosecondsPerTick = 100;

    private readonly object mutex = new();
    private readonly ArrayBufferWriter<byte> line = new();
    private long nextProcess = (long)incarnation * ProcessesEach;

    /// <summary>A process that nobody else has, or had.</summary>
    public long NewProcess() => Interlocked.Increment(ref nextProcess);

    /// <summary>The call of an operation. Session and sequence are for a later incarnation, which may send it again.</summary>
    public void Invoke(long process, Operation operation, ClientSequence client) => Write("invoke", process, operation.F, operation.Key, json =>
    {
        Value(json, operation.Argument);
        json.WriteNumber("session", client.ClientId);
        json.WriteNumber("sequence", client.Sequence);
    });

    /// <summary>The return of an operation.</summary>
    public void Return(long process, Operation operation, Completion completion) => Write(completion.Type, process, operation.F, operation.Key, json =>
    {
        Value(json, completion.Type == "ok" && operation.F == "get" ? [completion.Value] : operation.Argument);
        if (completion.Log is { } log)
        {
            json.WriteNumber("logTerm", log.Term.Value);
            json.WriteNumber("logIndex", log.Index.Value);
        }

        if (completion.Error is not null)
        {
            json.WriteString("error", completion.Error);
        }
    });

    /// <summary>Something that is no client's doing: for people, and for the one who started the host.</summary>
    public void Note(string f, string value) => Write("info", null, f, null, json => json.WriteString("value", value));

    private static void Value(Utf8JsonWriter json, string[] value)
    {
        switch (value)
        {
            case []:
                json.WriteNull("value");
                break;
            case [var one]:
                json.WriteString("value", one);
                break;
            default:
                json.WriteStartArray("value");
                Array.ForEach(value, json.WriteStringValue);
                json.WriteEndArray();
                break;
        }
    }

    private void Write(string type, long? process, string f, string? key, Action<Utf8JsonWriter> rest)
    {
        lock (mutex)
        {
            line.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(line))
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                if (process is { } number)
                {
                    json.WriteNumber("process", number);
                }
                else
                {
                    json.WriteString("process", "nemesis");
                }

                json.WriteString("f", f);
                if (key is not null)
                {
                    json.WriteString("key", key);
                }

                rest(json);

                // The machine's monotonic clock: it goes on from one incarnation to the next.
                json.WriteNumber("time", Stopwatch.GetElapsedTime(0).Ticks * NanosecondsPerTick);
                json.WriteEndObject();
            }

            line.Write("\n"u8);
            output.Write(line.WrittenSpan);
            output.Flush();
        }
    }
}
