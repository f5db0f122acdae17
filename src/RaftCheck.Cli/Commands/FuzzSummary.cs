using System.Globalization;
using System.Text;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Linearizability;
using Verdict = RaftCheck.Simulation.Results.Verdict;

namespace RaftCheck.Cli.Commands;

/// <summary>What a campaign did and found, for people and as JSON.</summary>
internal sealed class FuzzSummary
{
    private readonly int seed;
    private readonly bool wasInterrupted;
    private readonly List<(string Scheduler, int Workers, CampaignStatistics Statistics)> schedulers = [];
    private readonly FoundFailure[] found;
    private readonly string[] errors;

    public FuzzSummary(int seed, IReadOnlyList<Worker> workers, bool wasInterrupted)
    {
        this.seed = seed;
        this.wasInterrupted = wasInterrupted;
        foreach (var group in workers.GroupBy(worker => worker.Task.Scheduler))
        {
            var sum = new CampaignStatistics();
            foreach (var worker in group)
            {
                sum.Add(worker.Last.Statistics);
            }

            schedulers.Add((group.Key, group.Count(), sum));
        }

        found = [.. workers.Select(worker => worker.Last.Found).OfType<FoundFailure>()];
        errors = [.. workers.Select(worker => worker.Last.Error).OfType<string>()];
    }

    public int ExitCode =>
        found.Length > 0 ? ExitCodes.Violation
        : errors.Length > 0 ? ExitCodes.OwnError
        : schedulers.Exists(each => each.Statistics.Runs[Verdict.Undecided] > 0) || RunCount == 0 ? ExitCodes.Undecided
        : ExitCodes.NothingFound;

    private long RunCount => schedulers.Sum(each => each.Statistics.RunCount);

    /// <summary>The progress line.</summary>
    public static string Progress(IReadOnlyList<Worker> workers)
    {
        var elapsed = workers.Max(worker => worker.Last.Statistics.ElapsedMs) / 1000;
        var parts = workers.GroupBy(worker => worker.Task.Scheduler).Select(group =>
            string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Sum(worker => worker.Last.Statistics.RunCount):N0} runs"));
        var shrinking = workers.Any(worker => worker.Last.IsShrinking && !worker.Last.IsEnd) ? "; found a violation, shrinking it" : "";
        return $"{elapsed} s: {string.Join(", ", parts)}{shrinking}";
    }

    public object ToDocument() => new
    {
        Outcome = found.Length > 0 ? "violation" : errors.Length > 0 ? "error" : ExitCode == ExitCodes.Undecided ? "undecided" : "nothing-found",
        ExitCode,
        Seed = seed,
        Interrupted = wasInterrupted,
        Schedulers = schedulers.Select(each => new { each.Scheduler, each.Workers, each.Statistics }),
        Failures = found,
        Errors = errors,
    };

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var failure in found)
        {
            text.Append(failure.Report).Append('\n');
            Line(text, $"Found by {failure.Scheduler} after {failure.FoundAfterMs / 1000.0:0.0} s and {failure.FoundAfterRuns:N0} runs; shrunk from {Size(failure.Before)} to {Size(failure.After)}.");
            text.Append('\n');
        }

        Line(text, $"{(wasInterrupted ? "Interrupted" : "Ended")} after {schedulers.Max(each => each.Statistics.ElapsedMs) / 1000.0:0.0} s; seed {seed}, {schedulers.Sum(each => each.Workers)} workers");
        foreach (var (scheduler, workers, statistics) in schedulers)
        {
            Append(text, scheduler, workers, statistics);
        }

        foreach (var error in errors)
        {
            Line(text, $"An error of raftcheck's own: {error}");
        }

        text.Append(Conclusion()).Append('\n');
        return text.ToString();
    }

    private string Conclusion() =>
        found.Length > 0 ? $"{found.Length} violation{(found.Length == 1 ? "" : "s")} found."
        : errors.Length > 0 ? "No verdict, because of an error of raftcheck's own."
        : RunCount == 0 ? "Nothing was run, so nothing is known."
        : ExitCode == ExitCodes.Undecided ? "No violation found, but some runs are undecided."
        : "No violation found.";

    private static void Append(StringBuilder text, string scheduler, int workers, CampaignStatistics s)
    {
        var runs = Math.Max(1, s.RunCount);
        var seconds = Math.Max(0.001, s.ElapsedMs / 1000.0);
        Line(text, $"\n{scheduler} ({workers} worker{(workers == 1 ? "" : "s")})");
        Line(text, $"  runs        {s.RunCount:N0} of {s.Scenarios:N0} scenarios, {s.RunCount / seconds:N0} a second: {s.Runs[Verdict.Pass]:N0} passed, {s.Runs[Verdict.Violation]:N0} violated a property, {s.Runs[Verdict.Undecided]:N0} undecided, {s.Runs[Verdict.Error]:N0} errors");
        Line(text, $"  work        {s.Steps:N0} steps{(s.CoyoteSteps > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({s.CoyoteSteps:N0} of Coyote's)") : "")} in {s.VirtualMs / 1000.0:N0} virtual seconds");
        Line(text, $"  elections   {s.Elections:N0} leaders elected, median {s.MedianLeaders} a run");
        Line(text, $"  commits     {s.Commits:N0} entries, median {s.MedianCommitsUnderFaults} a run while a fault was in force");
        Line(text, $"  operations  {s.Operations.Ok:N0} ok, {s.Operations.Fail:N0} fail, {s.Operations.Info:N0} info");
        Line(text, $"  messages    {s.Messages.Sent:N0} sent, {s.Messages.Lost:N0} lost, {s.Messages.Duplicated:N0} duplicated, {s.Messages.Delayed:N0} late");
        Line(text, $"  faults      {string.Join(", ", s.Faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $"{Names.Kebab(fault.Key)} {fault.Value:N0}")))}");
        Line(text, $"  operators   {string.Join(", ", s.Operators.Select(action => string.Create(CultureInfo.InvariantCulture, $"{Names.Kebab(action.Key)} {action.Value:N0}")))}");
        Line(text, $"  features    {string.Join(", ", s.Features.Select(feature => string.Create(CultureInfo.InvariantCulture, $"{feature.Key} {feature.Value:N0}")))}");
        Line(text, $"  crashes     {s.Crashes:N0}, {s.TornWrites:N0} of which lost or tore unflushed writes");
        Line(text, $"  idle runs   {s.IdleRuns:N0} ({100.0 * s.IdleRuns / runs:0.0} %) elected no leader or committed nothing");
        Line(text, $"  vacuity     {Worth(s.Vacuity)}");
    }

    /// <summary>What the passing histories would have told: the share of changed replies that the checker refuses.</summary>
    private static string Worth(VacuityScore score) => score.Replies == 0
        ? "no passing history was tried with other replies"
        : string.Create(CultureInfo.InvariantCulture, $"{score.Replies:N0} replies changed, one at a time: {100 * score.RefusedShare:0.0} % refused, {100 * score.RefusedShareWithLog:0.0} % with the order of the log");

    private static string Size(ScenarioSize size) => $"{size.Servers} servers, {size.Operations} operations and {size.Faults} faults";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
