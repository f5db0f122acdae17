using System.Diagnostics;
using System.Globalization;

namespace RaftCheck.Linearizability.Benchmarks;

/// <summary>
/// Judges random histories, in many of which one reply was changed, by our checker and by the textbook's search, until
/// time is up or they disagree. They are long enough for the fast paths and the frontier to have their turn.
/// </summary>
internal static class Comparison
{
    private static readonly TimeSpan TextbookPatience = TimeSpan.FromSeconds(2);

    /// <summary>Compares; returns the exit code.</summary>
    public static int Run(TimeSpan time, int seed)
    {
        var clock = Stopwatch.StartNew();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (; clock.Elapsed < time; seed++)
        {
            Workload workload = Draw(new Random(seed), seed);
            List<HistoryEvent> events = HistoryGenerator.Events(workload);
            Change(events, new Random(seed));
            History history = History.FromEvents(events);
            Model model = Models.Find(workload.Model);
            long until = Stopwatch.GetTimestamp() + (long)(TextbookPatience.TotalSeconds * Stopwatch.Frequency);
            bool? expected = TextbookSearch.Judge(history, model, () => Stopwatch.GetTimestamp() > until);
            CheckResult result = LinearizabilityChecker.Check(history, model, new() { Timeout = TimeSpan.FromSeconds(20) });
            string found = $"{result.Verdict} by {string.Join(", ", result.Methods)}{(expected is null ? " (the textbook did not finish)" : "")}";
            counts[found] = counts.GetValueOrDefault(found) + 1;
            bool disagree = expected is bool verdict && result.Verdict != Verdict.Undecided && verdict != (result.Verdict == Verdict.Linearizable);
            if (!disagree) continue;
            Console.Error.WriteLine($"They disagree on seed {seed} ({workload}): the textbook says {expected}; ours: {result.Explanation}");
            return 1;
        }

        foreach ((string found, int count) in counts) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,8:N0}  {found}"));
        return 0;
    }

    private static Workload Draw(Random random, int seed) => new()
    {
        // Of the failed cas of a cas-register the two would have to agree what they mean: they are tested elsewhere.
        Model = random.Next(2) == 0 ? "register" : "kv",
        Operations = 20 + random.Next(700),
        Clients = 2 + random.Next(7),
        Keys = 1,
        Values = random.Next(3) == 0 ? 0 : 2 + random.Next(5),
        ReadPercent = 20 + random.Next(70),
        UnknownPermille = random.Next(2) * random.Next(25),
        Seed = seed,
    };

    private static void Change(List<HistoryEvent> events, Random random)
    {
        if (random.Next(3) == 0) return;
        int at = events.FindIndex(random.Next(events.Count), static e => e is { Type: EventType.Ok, F: "read" or "get" });
        int other = events.FindIndex(random.Next(events.Count), static e => e is { Type: EventType.Ok, F: "read" or "get" });
        if (at >= 0 && other >= 0) events[at] = events[at] with { Value = events[other].Value };
    }
}
