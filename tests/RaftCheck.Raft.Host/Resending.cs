using System.Text.Json;

namespace RaftCheck.Raft.Host;

/// <summary>
/// Sends commands of an earlier incarnation's clients again, under their sessions and numbers, as clients do that outlive
/// the servers. What had taken effect must not do so again, and what had not does now.
/// </summary>
internal static class Resending
{
    /// <summary>Sends them all at once, each by a client of its own, and notes each answer in the history.</summary>
    /// <param name="path">Lines of a history: the calls.</param>
    /// <param name="clientOf">The client for each.</param>
    /// <param name="history">The history.</param>
    public static async Task RunAsync(string path, Func<int, ClusterClient> clientOf, HistoryLog history)
    {
        var lines = await File.ReadAllLinesAsync(path);
        await Task.WhenAll(lines.Select((line, number) => SendAsync(line, clientOf(number), history)));
    }

    private static async Task SendAsync(string line, ClusterClient client, HistoryLog history)
    {
        using var json = JsonDocument.Parse(line);
        var call = json.RootElement;
        var operation = new Operation(call.GetProperty("f").GetString()!, call.GetProperty("key").GetString()!, Argument(call.GetProperty("value")));
        var sequence = new ClientSequence(call.GetProperty("session").GetInt64(), call.GetProperty("sequence").GetInt64());
        var (result, _) = await client.SendAsync(operation, sequence);
        history.Note("sent again", $"{sequence}: {result?.Outcome.ToString() ?? "no answer"}");
    }

    private static string[] Argument(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(each => each.GetString()!)],
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };
}
