namespace RaftCheck.Raft.Host.Tests;

/// <summary>
/// The appends to each list against what is in it in the end: a judgement that needs no checker. Every append has a token of
/// its own, which ends with a semicolon.
/// </summary>
internal static class Appends
{
    private sealed record Append(int InvokedAt, int? AcknowledgedAt);

    /// <summary>What is wrong, a line for each finding; none if nothing is.</summary>
    /// <param name="lines">The history, in order, with a final read of each list.</param>
    public static List<string> Judge(IReadOnlyList<Line> lines)
    {
        var appends = new Dictionary<(string Key, string Token), Append>();
        var final = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < lines.Count; at++)
        {
            switch (lines[at])
            {
                case { F: "append", Type: "invoke" } call:
                    appends.Add((call.Key!, call.Value!), new Append(at, null));
                    break;
                case { F: "append", Type: "ok" } done:
                    appends[(done.Key!, done.Value!)] = appends[(done.Key!, done.Value!)] with { AcknowledgedAt = at };
                    break;
                case { F: "get", Type: "ok" } read when read.Key!.StartsWith("list-", StringComparison.Ordinal):
                    final[read.Key] = read.Value!;
                    break;
            }
        }

        return [.. final.SelectMany(list => JudgeList(list.Key, list.Value.Split(';', StringSplitOptions.RemoveEmptyEntries), appends)), .. Unread(appends.Keys, final)];
    }

    /// <summary>How many appends were acknowledged.</summary>
    public static int Acknowledged(IEnumerable<Line> lines) => lines.Count(line => line is { F: "append", Type: "ok" });

    private static IEnumerable<string> Unread(IEnumerable<(string Key, string Token)> appends, SortedDictionary<string, string> final) =>
        appends.Select(append => append.Key).Distinct().Where(key => !final.ContainsKey(key)).Select(key => $"{key} was never read");

    private static IEnumerable<string> JudgeList(string key, string[] tokens, Dictionary<(string Key, string Token), Append> appends)
    {
        foreach (var repeated in tokens.GroupBy(token => token).Where(group => group.Count() > 1))
        {
            yield return $"{key}: {repeated.Key} is there {repeated.Count()} times";
        }

        var present = tokens.Select(token => token + ";").ToHashSet();
        foreach (var ((_, token), append) in appends.Where(each => each.Key.Key == key && each.Value.AcknowledgedAt is not null && !present.Contains(each.Key.Token)))
        {
            yield return $"{key}: {token} was acknowledged (line {append.AcknowledgedAt}) and is not there";
        }

        (string Token, int InvokedAt) latest = ("", -1);
        foreach (var token in tokens)
        {
            if (!appends.TryGetValue((key, token + ";"), out var append))
            {
                yield return $"{key}: {token} was never appended";
                continue;
            }

            if (append.AcknowledgedAt < latest.InvokedAt)
            {
                yield return $"{key}: {token} was acknowledged (line {append.AcknowledgedAt}) before {latest.Token} was called (line {latest.InvokedAt}), and stands behind it";
            }

            latest = append.InvokedAt > latest.InvokedAt ? (token, append.InvokedAt) : latest;
        }
    }
}
