using System.Diagnostics;
using System.Globalization;

namespace RaftCheck.Linearizability.Benchmarks;

/// <summary>Judges the histories of each row, by us and by the textbook, in turn and in one run, and prints the table.</summary>
internal sealed class Table(TimeSpan timeout, int rounds)
{
    // Enough rounds for the median to be one of warm code, and no more than this for one row.
    private const double SecondsWorthRepeating = 2;

    private readonly List<double> _publishedRatios = [];
    private readonly List<double> _textbookRatios = [];

    /// <summary>Prints the rows whose name holds a text.</summary>
    public void Print(string filter)
    {
        WriteLine("| history | verdict | by | ours | textbook | textbook : ours | porcupine, published | published : ours |");
        WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (Contest contest in Contest.All().Where(contest => contest.Name.Contains(filter, StringComparison.Ordinal))) PrintRow(contest);
        WriteLine("");
        if (_publishedRatios.Count > 0) WriteLine($"Geometric mean of published : ours, {_publishedRatios.Count} rows: {Mean(_publishedRatios)}");
        if (_textbookRatios.Count > 0) WriteLine($"Geometric mean of textbook : ours, {_textbookRatios.Count} rows: {Mean(_textbookRatios)}");
    }

    private void PrintRow(Contest contest)
    {
        IReadOnlyList<(History History, Model Model)> histories = contest.Load();
        if (histories.Count == 0)
        {
            WriteLine($"| {contest.Name} | not there | | | | | | |");
            return;
        }

        CheckResult[] results = [];
        double ours = Median(() =>
        {
            results = [.. histories.Select(each => LinearizabilityChecker.Check(each.History, each.Model, new() { Timeout = timeout }))];
            return results.Any(static result => result.Verdict == Verdict.Undecided);
        }, out bool isUndecided);
        double textbook = 0;
        bool isTextbookUndecided = contest.TextbookIsHopeless;
        if (!contest.TextbookIsHopeless) textbook = Median(() => histories.Any(each => RunTextbook(each.History, each.Model)), out isTextbookUndecided);
        Report(contest, results, ours, isUndecided, textbook, isTextbookUndecided);
    }

    private void Report(Contest contest, CheckResult[] results, double ours, bool isUndecided, double textbook, bool isTextbookUndecided)
    {
        string verdicts = string.Join(", ", results.GroupBy(static result => result.Verdict).OrderBy(static group => group.Key)
            .Select(group => results.Length == 1 ? $"{group.Key}" : string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}")));
        string methods = string.Join(", ", results.SelectMany(static result => result.Methods).Distinct());
        string textbookRatio = "";
        if (textbook > 0 && !isUndecided)
        {
            textbookRatio = (isTextbookUndecided ? "> " : "") + Ratio(textbook / ours);
            _textbookRatios.Add(textbook / ours);
        }

        string published = "";
        string publishedRatio = "";
        if (contest.PublishedMs is double ms && !isUndecided)
        {
            published = (contest.IsAtLeast ? "> " : "") + Time(ms);
            publishedRatio = (contest.IsAtLeast ? "> " : "") + Ratio(ms / ours);
            _publishedRatios.Add(ms / ours);
        }

        string textbookTime = textbook == 0 ? "" : (isTextbookUndecided ? "> " : "") + Time(textbook);
        WriteLine($"| {contest.Name} | {verdicts} | {methods} | {Time(ours)} | {textbookTime} | {textbookRatio} | {published} | {publishedRatio} |");
    }

    private bool RunTextbook(History history, Model model)
    {
        var clock = Stopwatch.StartNew();
        int steps = 0;
        return TextbookSearch.Judge(history, model, () => (++steps & 1023) == 0 && clock.Elapsed > timeout) is null;
    }

    /// <summary>The median time of some rounds, in milliseconds; a round that is undecided is the last.</summary>
    private double Median(Func<bool> judge, out bool isUndecided)
    {
        var times = new List<double>();
        double spent = 0;
        isUndecided = false;
        while (times.Count < rounds && !isUndecided && (times.Count == 0 || spent < 1000 * SecondsWorthRepeating))
        {
            var clock = Stopwatch.StartNew();
            isUndecided = judge();
            times.Add(clock.Elapsed.TotalMilliseconds);
            spent += times[^1];
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static string Time(double ms) => ms switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{1000 * ms:F0} µs"),
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{ms:F1} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000:F2} s"),
    };

    private static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{(ratio < 10 ? Math.Round(ratio, 1) : Math.Round(ratio)):N1}").Replace(".0", "", StringComparison.Ordinal);

    private static string Mean(List<double> ratios) => Ratio(Math.Exp(ratios.Average(Math.Log)));

    private static void WriteLine(string line) => Console.Out.WriteLine(line);
}
