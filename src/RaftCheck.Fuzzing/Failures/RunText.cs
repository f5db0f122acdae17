using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RaftCheck.Linearizability;
using RaftCheck.Simulation.Results;

namespace RaftCheck.Fuzzing.Failures;

/// <summary>What a run leaves, as bytes: the same run gives the same bytes.</summary>
public static class RunText
{
    /// <summary>The history, as JSON Lines.</summary>
    /// <param name="run">The run.</param>
    public static byte[] History(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var stream = new MemoryStream();
        JsonLinesWriter.Write(run.History, stream, run.Model);
        return stream.ToArray();
    }

    /// <summary>The trace, as JSON Lines: one event a line.</summary>
    /// <param name="run">The run.</param>
    public static byte[] Trace(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            for (var i = 0; i < run.Trace.Count; i++)
            {
                Write(json, i, run.Trace[i], run.Describe);
                json.Flush();
                stream.WriteByte((byte)'\n');
                json.Reset();
            }
        }

        return stream.ToArray();
    }

    /// <summary>The SHA-256 of some bytes, in hexadecimal.</summary>
    /// <param name="bytes">The bytes.</param>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>One event as a line of a table: time, server, event, other server, detail.</summary>
    /// <param name="e">The event.</param>
    /// <param name="describe">Describes the detail.</param>
    public static string TableLine(TraceEvent e, Func<object, string> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        var time = (e.TimeUs / 1000.0).ToString("F1", CultureInfo.InvariantCulture);
        var server = e.Server < 0 ? "" : $"n{e.Server}";
        var peer = e.Peer < 0 ? "" : $"n{e.Peer}";
        var detail = e.Detail is null ? "" : describe(e.Detail);
        return new StringBuilder()
            .Append(time.PadLeft(8)).Append("  ")
            .Append(server.PadRight(3))
            .Append(e.Name.PadRight(13))
            .Append(peer.PadRight(3))
            .Append(detail)
            .ToString()
            .TrimEnd();
    }

    private static void Write(Utf8JsonWriter json, int index, TraceEvent e, Func<object, string> describe)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteNumber("timeUs", e.TimeUs);
        if (e.Server >= 0)
        {
            json.WriteNumber("server", e.Server);
        }

        json.WriteString("event", e.Name);
        if (e.Peer >= 0)
        {
            json.WriteNumber("peer", e.Peer);
        }

        if (e.Detail is not null)
        {
            json.WriteString("detail", describe(e.Detail));
        }

        json.WriteEndObject();
    }
}
