using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Schedulers;

namespace RaftCheck.Fuzzing.Failures;

/// <summary>How a replay ended.</summary>
public enum ReplayOutcome
{
    /// <summary>The same build gave the same failure, byte for byte.</summary>
    ReproducedExactly,

    /// <summary>The same build gave something else: determinism is broken, which is an error of ours.</summary>
    Diverged,

    /// <summary>Another build violates a property in the same scenario, on some schedule.</summary>
    Reproduced,

    /// <summary>Another build violates nothing on any schedule that was tried.</summary>
    NotReproduced,

    /// <summary>Another build violated nothing, but was interrupted, or some run was undecided.</summary>
    Undecided,

    /// <summary>Another build could not be judged: an error of ours.</summary>
    Failed,
}

/// <summary>The result of a replay.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Runs">How many runs it took.</param>
/// <param name="Run">The run that failed again; if none did, the last one.</param>
/// <param name="Difference">What was different from the recorded run; null if nothing was.</param>
public sealed record ReplayResult(ReplayOutcome Outcome, int Runs, RunResult Run, string? Difference);

/// <summary>Has a saved failure again.</summary>
public static class Replay
{
    /// <summary>Replays a failure: exactly on the build that recorded it, by exploring its scenario anew on another one.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="schedules">On another build, how many schedules to try; 1 or more.</param>
    /// <param name="cancellation">Ends the exploration early.</param>
    public static ReplayResult Run(FailureFile failure, int schedules, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.BuildHash == BuildHash.Current ? Exact(failure) : Explore(failure, schedules, cancellation);
    }

    private static ReplayResult Exact(FailureFile failure)
    {
        var system = SystemsUnderTest.For(failure.Scheduler);
        var run = failure.Scheduler.IsCoyote
            ? failure.Scheduler.CreateCoyote().Replay(system, failure.Scenario, failure.CoyoteTrace!)
            : CooperativeScheduler.Run(system, failure.Scenario, failure.ScheduleSeed);
        var difference = FindDifference(failure, run);
        return new ReplayResult(difference is null ? ReplayOutcome.ReproducedExactly : ReplayOutcome.Diverged, 1, run, difference);
    }

    private static string? FindDifference(FailureFile failure, RunResult run)
    {
        if (run.Violation is not { } violation)
        {
            return $"the run ended with {run.Verdict.ToString().ToLowerInvariant()}{(run.Reason is null ? "" : ": " + run.Reason)}";
        }

        if (violation.Property != failure.Property)
        {
            return $"the run violated {violation.Property} instead: {violation.Message}";
        }

        if (RunText.Sha256(RunText.Trace(run)) != failure.TraceSha256)
        {
            return "the trace differs from the recorded one";
        }

        return RunText.Sha256(RunText.History(run)) == failure.HistorySha256 ? null : "the history differs from the recorded one";
    }

    private static ReplayResult Explore(FailureFile failure, int schedules, CancellationToken cancellation)
    {
        var runs = 0;
        var isUndecided = false;
        RunResult? last = null;
        failure.Scheduler.CreateScheduler().Explore(SystemsUnderTest.For(failure.Scheduler), failure.Scenario, failure.ScheduleSeed, schedules, run =>
        {
            runs++;
            last = run;
            isUndecided |= run.Verdict == Verdict.Undecided;
            return !cancellation.IsCancellationRequested;
        });
        var outcome = last!.Verdict switch
        {
            Verdict.Violation => ReplayOutcome.Reproduced,
            Verdict.Error => ReplayOutcome.Failed,
            _ when isUndecided || cancellation.IsCancellationRequested => ReplayOutcome.Undecided,
            _ => ReplayOutcome.NotReproduced,
        };
        var difference = last.Violation is { } violation && violation.Property != failure.Property ? $"the run violated {violation.Property} this time" : last.Reason;
        return new ReplayResult(outcome, runs, last, difference);
    }
}
