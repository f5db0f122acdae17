using System.Text.Json;

namespace RaftCheck.Raft.Host.Tests;

/// <summary>A line of the host's history, read by itself: what the test counts, it does not count by the checker's own reader.</summary>
internal sealed record Line(string Type, long Process, string F, string? Key, string? Value)
{
    public const long Nemesis = -1;

    public static Line Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        var line = json.RootElement;
        var process = line.GetProperty("process");
        return new Line(
            line.GetProperty("type").GetString()!,
            process.ValueKind == JsonValueKind.Number ? process.GetInt64() : Nemesis,
            line.GetProperty("f").GetString()!,
            line.TryGetProperty("key", out var key) ? key.GetString() : null,
            line.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null);
    }
}
