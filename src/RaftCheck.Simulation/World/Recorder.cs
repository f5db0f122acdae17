using RaftCheck.Linearizability;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.Simulation.World;

/// <summary>Writes down what happens: the trace, the history, the numbers, and the first violation. After that it is deaf.</summary>
internal sealed class Recorder(Model model, int features) : IRunRecorder
{
    /// <summary>The budget for one history, in explored configurations: a number, not a time, so that it is repeatable.</summary>
    public const long MaxCheckerStates = 2_000_000;

    private static readonly CheckOptions Limits = new() { MaxStates = MaxCheckerStates, Parallelism = 1 };

    // Sees a violation at the very reply that brings it about, so that the run can end there.
    private readonly StreamingChecker checker = new(model, options: new() { MaxStates = MaxCheckerStates / 10 });
    private readonly EventList trace = new();
    private readonly List<HistoryEvent> history = new(128);

    public RunStatistics Statistics { get; } = new(features);

    public IReadOnlyList<TraceEvent> TraceEvents => trace;

    public IReadOnlyList<HistoryEvent> History => history;

    public Violation? Violation { get; private set; }

    public string? Error { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>The present moment, in virtual microseconds; the world keeps it up to date.</summary>
    public long NowUs { get; set; }

    /// <summary>Is told of what faults may wait for.</summary>
    public Action<FaultTrigger>? Triggered { get; set; }

    /// <summary>How many faults are in force.</summary>
    public int FaultsInForce { get; set; }

    public void Trace(int server, string name, int peer = -1, object? detail = null)
    {
        if (!IsClosed)
        {
            trace.Add(new TraceEvent(NowUs, server, name, peer, detail));
        }
    }

    public void Violate(string property, string message)
    {
        if (!IsClosed)
        {
            trace.Add(new TraceEvent(NowUs, -1, "VIOLATION", -1, property));
            IsClosed = true;
            Violation = new Violation(property, message, NowUs, trace.Count);
        }
    }

    public void Fail(string error)
    {
        if (!IsClosed)
        {
            IsClosed = true;
            Error = error;
        }
    }

    public void Count(int feature) => Statistics.Features[feature]++;

    public void CountElection()
    {
        Statistics.LeadersElected++;
        Triggered?.Invoke(FaultTrigger.Election);
    }

    public void ConfigurationChanged() => Triggered?.Invoke(FaultTrigger.ConfigurationChange);

    public void CountCommits(long entries)
    {
        Statistics.Commits += entries;
        Triggered?.Invoke(FaultTrigger.Commit);
        if (FaultsInForce > 0)
        {
            Statistics.CommitsUnderFaults += entries;
        }
    }

    public void AddToHistory(EventType type, long process, string f, string key, Value value, string? error = null, LogPosition? log = null)
    {
        if (!IsClosed)
        {
            var e = new HistoryEvent(history.Count, type, process, f, key, value, NowUs * 1000, error) { Log = log };
            history.Add(e);
            if (checker.Add(e) == Linearizability.Verdict.NotLinearizable)
            {
                Violate(WorldProperties.Linearizability, JudgeHistory().Explanation);
            }
        }
    }

    /// <summary>What the checker says of the history so far.</summary>
    public CheckResult JudgeHistory() => LinearizabilityChecker.Check(Linearizability.History.FromEvents(history), model, Limits);
}
