using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>How much an event matters to an operator.</summary>
public enum RaftEventLevel
{
    /// <summary>Of interest only when something is looked into: for each entry, each chunk, each read.</summary>
    Debug,

    /// <summary>The life of a healthy cluster: elections, configurations, snapshots.</summary>
    Information,

    /// <summary>Clients or the cluster may suffer.</summary>
    Warning,

    /// <summary>The node can't do its work.</summary>
    Error,
}

/// <summary>One thing that a node did. Immutable.</summary>
/// <param name="Time">When, by the node's clock.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Node">Which node.</param>
/// <param name="Name">What: the name of the <see cref="IRaftObserver"/> method that reported it.</param>
/// <param name="Fields">The particulars, in the paper's words and in a fixed order: numbers (long), truth values, strings, or null.</param>
public sealed record RaftEvent(
    TimeSpan Time, RaftEventLevel Level, NodeId Node, string Name, IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    /// <summary>The event as one line of JSON, without the line's end.</summary>
    public string ToJsonLine()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("timeUs", Time.Ticks / TimeSpan.TicksPerMicrosecond);
            json.WriteString("level", EnumNames<RaftEventLevel>.Of(Level));
            json.WriteString("node", Node.ToString());
            json.WriteString("event", Name);
            foreach (var (name, value) in Fields)
            {
                WriteField(json, name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
