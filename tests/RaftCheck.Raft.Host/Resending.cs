using System.Text.Json;

namespace RaftCheck.Raft.Host;

/// <summary>
/// Sends commands of an earlier incarnation's clients again, under their sessions and numbers, as clients do that outlive
/// the servers. What had taken effect must not do so again, and what had not does now.
/// </summary>
internal static class Resending
{
    /// <summary>Sends them, one after the other, and notes each answer in the history.</summary>
    /// <param name="path">Lines of a history: the calls.</param>
    /// <param name="client">By whom.</param>
    /// <param name="history">The history.</param>
    public static async Task RunAsync(string path, ClusterClient client, HistoryLog history)
    {
        foreach (var line in await File.ReadAllLinesAsync(path))
        {
            using var json = JsonDocument.Parse(line);
            var call = json.RootElement;
            var operation = new Operation(call.GetProperty("f").GetString()!, call.GetProperty("key").GetString()!, Argument(call.GetProperty("value")));
            var sequence = new ClientSequence(call.GetProperty("session").GetInt64(), call.GetProperty("sequence").GetInt64());
            var (result, _) = await client.SendAsync(operation, sequence);
            history.Note("sent again", $"{sequence}: {result?.Outcome.ToString() ?? "no answer"}");
        }
    }

    private static string[] Argument(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(each => each.GetString()!)],
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };
}
