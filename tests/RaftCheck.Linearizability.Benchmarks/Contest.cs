namespace RaftCheck.Linearizability.Benchmarks;

/// <summary>One row of the comparison: histories, and what is published of porcupine on them.</summary>
/// <param name="Name">What the row is called.</param>
/// <param name="Load">The histories, each with its model; empty if they are not there.</param>
/// <param name="PublishedMs">
/// Porcupine's time for all of them on a two-core machine, in milliseconds; <see langword="null"/> if it is not published.
/// </param>
/// <param name="IsAtLeast">Whether porcupine was stopped at that time, without a verdict.</param>
/// <param name="TextbookIsHopeless">Whether the textbook's search is not worth the wait either.</param>
internal sealed record Contest(
    string Name, Func<IReadOnlyList<(History History, Model Model)>> Load, double? PublishedMs, bool IsAtLeast = false, bool TextbookIsHopeless = false)
{
    private const double Minute = 60_000;

    /// <summary>All rows.</summary>
    public static IEnumerable<Contest> All() => [.. Published(), .. Recorded(), .. Others()];

    private static IEnumerable<Contest> Published() =>
    [
        Generated(new() { Operations = 1_000 }, 63),
        Generated(new() { Operations = 10_000 }, 5_600),
        Generated(new() { Operations = 100_000 }, Minute, isAtLeast: true),
        Generated(new() { Operations = 10_000, Clients = 30 }, Minute, isAtLeast: true),
        Generated(new() { Model = "cas-register", Operations = 1_000, Values = 5 }, 19),
        Generated(new() { Model = "cas-register", Operations = 10_000, Values = 5 }, 1_100),
        Generated(new() { Model = "cas-register", Operations = 100_000, Values = 5 }, Minute, isAtLeast: true),
        Generated(new() { Model = "kv", Operations = 100_000, Clients = 30, Keys = 50 }, 93),
        Generated(new() { Model = "kv", Operations = 1_000_000, Clients = 50, Keys = 1_000 }, 690),
    ];

    private static IEnumerable<Contest> Recorded() =>
    [
        // The published 0.59 s are for 102 logs: an even share for those that are here.
        new("etcd logs, all", () => RecordedHistories.Etcd, 590.0 * RecordedHistories.EtcdCount / 102),
        new("kv c10-ok, by keys", () => RecordedHistories.Kv("c10-ok", isPartitioned: true), null),
        new("kv c10-ok, as one map", () => RecordedHistories.Kv("c10-ok", isPartitioned: false), 3_200),
        new("knossos, all", () => RecordedHistories.Knossos, null),
    ];

    private static IEnumerable<Contest> Others()
    {
        string[] models = ["register", "cas-register"];
        foreach (string model in models)
        {
            foreach (int values in new[] { 0, 5 })
            {
                foreach (int clients in new[] { 5, 10, 30, 50 })
                {
                    foreach (int operations in new[] { 1_000, 10_000, 100_000, 1_000_000 })
                    {
                        foreach (bool violates in new[] { false, true })
                        {
                            yield return Generated(new() { Model = model, Operations = operations, Clients = clients, Values = values, Violates = violates });
                        }
                    }
                }
            }
        }

        foreach (int values in new[] { 0, 5 })
        {
            foreach (bool violates in new[] { false, true })
                yield return Generated(new() { Model = "kv", Operations = 1_000_000, Clients = 50, Keys = 1_000, Values = values, Violates = violates });
        }
    }

    private static Contest Generated(Workload workload, double? publishedMs = null, bool isAtLeast = false) => new(
        workload.ToString(),
        () => [(HistoryGenerator.Play(workload), Models.Find(workload.Model))],
        publishedMs,
        isAtLeast,
        TextbookIsHopeless: workload.Operations / workload.Keys > 10_000 || (workload.Operations / workload.Keys > 1_000 && workload.Clients > 10));
}
