using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;
using RaftCheck.Simulation.World;

namespace RaftCheck.Simulation.Schedulers;

/// <summary>
/// One thread, and a seeded choice among the continuations that are ready. Fast; it sees every interleaving at an await,
/// and none between two locks. Replayed from its seed.
/// </summary>
public sealed class CooperativeScheduler : IScheduler
{
    /// <summary>The scheduler's name.</summary>
    public const string SchedulerName = "cooperative";

    /// <inheritdoc/>
    public string Name => SchedulerName;

    /// <inheritdoc/>
    public void Explore(ISystemUnderTest system, Scenario scenario, int seed, int schedules, Func<RunResult, bool> onRun)
    {
        ArgumentNullException.ThrowIfNull(onRun);
        for (var i = 0; i < schedules; i++)
        {
            var result = Run(system, scenario, unchecked(seed + i));
            if (!onRun(result) || result.Verdict is Verdict.Violation or Verdict.Error)
            {
                return;
            }
        }
    }

    /// <summary>Runs a scenario once.</summary>
    /// <param name="system">The system under test.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">Where the choices are drawn from: <see cref="RunResult.ScheduleSeed"/> of the run to repeat.</param>
    /// <exception cref="ArgumentException">The scenario can't be run; the message says why.</exception>
    public static RunResult Run(ISystemUnderTest system, Scenario scenario, int seed)
    {
        var world = new VirtualWorld(system, scenario);
        var ready = new List<Continuation>();
        var random = new Prng((uint)seed);
        var context = SynchronizationContext.Current;
        ProcessContext? running = null;
        VirtualWorld.EnterThread(world);
        try
        {
            world.Boot(ready.Add);
            do
            {
                while (ready.Count > 0 && !world.IsOver)
                {
                    var choice = ready.Count == 1 ? 0 : random.Next(ready.Count);
                    var next = ready[choice];
                    ready[choice] = ready[^1];
                    ready.RemoveAt(ready.Count - 1);
                    if (next.Context.IsAlive)
                    {
                        if (next.Context != running)
                        {
                            running = next.Context;
                            SynchronizationContext.SetSynchronizationContext(running);
                        }

                        next.Callback(next.State);
                    }
                }
            }
            while (world.Advance());
        }
#pragma warning disable CA1031 // Exceptions of the system under test are caught where its code is run; this one is ours.
        catch (Exception e)
#pragma warning restore CA1031
        {
            world.Recorder.Fail($"An exception outside of the system under test: {e.GetType().Name}: {e.Message}");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            VirtualWorld.EnterThread(null);
        }

        return world.Finish() with { ScheduleSeed = seed };
    }
}
