using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.Schedulers;

/// <summary>
/// Runs scenarios, choosing the order of whatever could happen next. Both schedulers run the same world and write the
/// same trace and history. One exploration at a time.
/// </summary>
public interface IScheduler
{
    /// <summary>The scheduler's name, as the command line and failure files write it.</summary>
    string Name { get; }

    /// <summary>Runs one scenario several times, each time on another schedule, and stops after the first violation or error.</summary>
    /// <param name="system">The system under test.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">Where the scheduler draws its choices from. The same build, scenario and seed give the same runs.</param>
    /// <param name="schedules">How many schedules to try; 1 or more.</param>
    /// <param name="onRun">Is given each run's result; answers whether to go on.</param>
    /// <exception cref="ArgumentException">The scenario can't be run; the message says why.</exception>
    void Explore(ISystemUnderTest system, Scenario scenario, int seed, int schedules, Func<RunResult, bool> onRun);
}
