using System.Text.Json;
using Microsoft.Coyote;
using Microsoft.Coyote.Logging;
using Microsoft.Coyote.Specifications;
using Microsoft.Coyote.SystematicTesting;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;
using RaftCheck.Simulation.World;

namespace RaftCheck.Simulation.Schedulers;

/// <summary>
/// Microsoft Coyote: every lock, await and task start of the (rewritten) system under test is a scheduling choice, so it
/// finds the races between two locks. Slower; replayed from its recorded trace.
/// </summary>
/// <remarks>
/// The world is not rewritten and makes no scheduling choices of its own. It runs as Coyote's first operation: it waits
/// until every continuation has been run to its end, and then lets the time pass. That keeps virtual time at a sane rate
/// under every strategy, also under those that ignore a yield.
/// </remarks>
/// <param name="strategy">How Coyote chooses.</param>
public sealed class CoyoteScheduler(CoyoteStrategy strategy) : IScheduler
{
    /// <summary>The scheduler's name.</summary>
    public const string SchedulerName = "coyote";

    /// <summary>How Coyote chooses.</summary>
    public CoyoteStrategy Strategy => strategy;

    /// <inheritdoc/>
    public string Name => SchedulerName;

    /// <inheritdoc/>
    /// <remarks>
    /// The first schedule of the strategies with bounds (prioritization, delay bounding) has no change points yet: Coyote
    /// learns from it how long the runs are. Ask for several.
    /// </remarks>
    public void Explore(ISystemUnderTest system, Scenario scenario, int seed, int schedules, Func<RunResult, bool> onRun)
    {
        ArgumentNullException.ThrowIfNull(onRun);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(schedules);
        Explore(system, scenario, Configure().WithRandomGeneratorSeed((uint)seed).WithTestingIterations((uint)schedules), onRun);
    }

    /// <summary>Repeats a run from the trace that Coyote recorded.</summary>
    /// <param name="system">The system under test, of the very build that the trace was recorded with.</param>
    /// <param name="scenario">The scenario of the run.</param>
    /// <param name="coyoteTrace">What the run left in <see cref="RunResult.CoyoteTrace"/>.</param>
    /// <exception cref="InvalidDataException">The trace is none of Coyote's.</exception>
    public RunResult Replay(ISystemUnderTest system, Scenario scenario, string coyoteTrace)
    {
        RunResult? result = null;
        try
        {
            Explore(system, scenario, Configure().WithTestingIterations(1).WithReproducibleTrace(coyoteTrace), run =>
            {
                result = run with { CoyoteTrace = coyoteTrace };
                return true;
            });
        }
        catch (Exception e) when (e is NullReferenceException or JsonException or FormatException)
        {
            // Coyote reads its trace without looking at what it reads.
            throw new InvalidDataException("Coyote's trace can't be read.", e);
        }

        return result!;
    }

    /// <summary>Where Coyote's debug log goes, for tests that read it; null for nowhere.</summary>
    internal TextWriter? DebugLog { get; init; }

    private VerbosityLevel Verbosity => DebugLog is null ? VerbosityLevel.None : VerbosityLevel.Debug;

    private Configuration Configure() => strategy.Apply(Configuration.Create()
        .WithVerbosityEnabled(Verbosity)
        .WithMaxSchedulingSteps(CoyoteStrategies.MaxSchedulingSteps, CoyoteStrategies.MaxSchedulingSteps)
        .WithLockAccessRaceCheckingEnabled()
        .WithPartiallyControlledConcurrencyAllowed(false)
        .WithSystematicFuzzingFallbackEnabled(false)
        .WithDeadlockTimeout(60_000)
        .WithTelemetryEnabled(false)
        .WithConsoleLoggingEnabled(false));

    private void Explore(ISystemUnderTest system, Scenario scenario, Configuration configuration, Func<RunResult, bool> onRun)
    {
        VirtualWorld.RequireRunnable(scenario);
        VirtualWorld? world = null;
        RunResult? result = null;
        var stepsBefore = 0;
        var goOn = true;
        using var engine = TestingEngine.Create(configuration, () =>
        {
            if (!goOn)
            {
                return; // Coyote can't be stopped from inside; what is left of its iterations does nothing.
            }

            world = new VirtualWorld(system, scenario);
            if (strategy == CoyoteStrategy.QLearning)
            {
                Specification.RegisterStateHashingFunction(() => world.Run.AbstractState);
            }

            new ControlledRun(world).RunToEnd();
            result = world.Finish();
            if (result.Verdict is Verdict.Violation or Verdict.Error)
            {
                // Coyote keeps its trace only of runs that fail.
                throw new RunFailedException();
            }
        });
        engine.SetLogger(new TextWriterLogger(DebugLog ?? TextWriter.Null, Verbosity));

        // Coyote counts a run's steps after it has ended: a run is reported when the next one starts, and the last after all.
        engine.RegisterStartIterationCallBack(_ => Report());
        engine.Run();
        Report();

        void Report()
        {
            if (world is null || !goOn)
            {
                return;
            }

            result ??= Explain(world, engine.TestReport);
            var steps = engine.TestReport.TotalExploredFairSteps + engine.TestReport.TotalExploredUnfairSteps;
            result.Statistics.CoyoteSteps = steps - stepsBefore;
            stepsBefore = steps;
            goOn = onRun(engine.ReproducibleTrace.Length > 0 ? result with { CoyoteTrace = engine.ReproducibleTrace } : result);
            result = null;
            world = null;
        }
    }

    /// <summary>Coyote ended the run before the world could: a deadlock, an uncontrolled operation, or its bound on steps.</summary>
    private static RunResult Explain(VirtualWorld world, TestReport report)
    {
        var text = report.BugReports.FirstOrDefault();
        if (text is null)
        {
            world.EndOutOfSteps("Coyote ended the run: it took too many scheduling steps, or the recorded schedule does not fit it.");
        }
        else if (text.StartsWith("Deadlock detected", StringComparison.Ordinal))
        {
            world.Recorder.Violate(WorldProperties.NoDeadlock, FirstLine(text));
        }
        else
        {
            world.Recorder.Fail($"Coyote could not control the run: {FirstLine(text)}");
        }

        return world.Finish();
    }

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }

    /// <summary>Ends a run that did not pass, so that Coyote keeps its trace.</summary>
    private sealed class RunFailedException : Exception;
}
