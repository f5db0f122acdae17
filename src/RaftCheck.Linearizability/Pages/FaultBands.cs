namespace RaftCheck.Linearizability;

/// <summary>A fault: from one line of the nemesis to another, or a moment.</summary>
/// <param name="Label">What the lines say.</param>
/// <param name="Start">The line that begins it.</param>
/// <param name="End">
/// The line that ends it, the same as <paramref name="Start"/> for a moment; <see langword="null"/> when nothing ends it.
/// </param>
internal sealed record FaultBand(string Label, HistoryEvent Start, HistoryEvent? End);

/// <summary>Finds out which of the nemesis's lines belong together.</summary>
internal static class FaultBands
{
    private static readonly string[] Beginnings =
        ["start", "begin", "kill", "crash", "stop-process", "partition", "pause", "isolate", "cut", "break"];

    // What ends: a fault with the same rest of its name ("start-partition", "stop-partition"), or one of these.
    private static readonly (string End, string[] Begins)[] Endings =
    [
        ("stop", ["start", "begin"]),
        ("end", ["begin", "start"]),
        ("heal", ["partition", "isolate", "cut", "start"]),
        ("restart", ["kill", "crash", "stop-process"]),
        ("resume", ["pause"]),
        ("recover", ["crash", "kill", "break"]),
        ("fix", ["break"]),
        ("start", ["kill", "crash", "stop-process"]),
    ];

    // Nobody has as many faults at once; a file that says so must not take for ever.
    private const int OpenMax = 100;

    /// <summary>The faults, in the order in which they begin.</summary>
    public static List<FaultBand> Pair(IReadOnlyList<HistoryEvent> nemesis)
    {
        var bands = new List<FaultBand>();
        var open = new List<(int Band, string F)>();
        bool isDoubled = IsDoubled(nemesis);
        for (int i = 0; i < nemesis.Count;)
        {
            HistoryEvent first = nemesis[i];
            string f = NameOf(first);
            int last = isDoubled && i + 1 < nemesis.Count ? i + 1 : i;
            HistoryEvent end = nemesis[last];
            i = last + 1;

            int match = open.FindLastIndex(each => Ends(f, each.F));
            if (match >= 0)
            {
                bands[open[match].Band] = bands[open[match].Band] with { End = end };
                open.RemoveAt(match);
            }
            else if (Begins(f))
            {
                if (open.Count == OpenMax) open.RemoveAt(0);
                open.Add((bands.Count, f));
                bands.Add(new FaultBand(Label(f, first, end), first, null));
            }
            else
            {
                bands.Add(new FaultBand(Label(f, first, end), first, end));
            }
        }

        return bands;
    }

    /// <summary>Whether the nemesis, as Jepsen's, writes a line when it begins to do something and one when it has done it.</summary>
    private static bool IsDoubled(IReadOnlyList<HistoryEvent> nemesis)
    {
        for (int i = 0; i + 1 < nemesis.Count; i += 2)
        {
            if (NameOf(nemesis[i]) != NameOf(nemesis[i + 1])) return false;
        }

        return nemesis.Count > 1;
    }

    private static string NameOf(HistoryEvent e) => e.F.TrimStart(':');

    private static bool Begins(string f) => Array.Exists(Beginnings, verb => HasVerb(f, verb));

    private static bool Ends(string f, string opened) => Array.Exists(Endings, pair =>
        HasVerb(f, pair.End) && Array.Exists(pair.Begins, verb => HasVerb(opened, verb) && Agree(Rest(f, pair.End), Rest(opened, verb))));

    private static bool Agree(string one, string other) => one.Length == 0 || other.Length == 0 || one == other;

    private static bool HasVerb(string f, string verb) =>
        f.StartsWith(verb, StringComparison.Ordinal) && (f.Length == verb.Length || f[verb.Length] is '-' or '_' or ' ');

    private static string Rest(string f, string verb) => f.Length == verb.Length ? "" : f[(verb.Length + 1)..];

    private static string Label(string f, HistoryEvent first, HistoryEvent second)
    {
        Value value = second.Value.IsNil ? first.Value : second.Value;
        return value.IsNil ? f : $"{PageText.Display(f, 80)} {PageText.Display(value, 120)}";
    }
}
