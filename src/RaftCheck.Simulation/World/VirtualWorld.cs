using RaftCheck.Linearizability;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;
using CheckVerdict = RaftCheck.Linearizability.Verdict;
using Verdict = RaftCheck.Simulation.Results.Verdict;

namespace RaftCheck.Simulation.World;

/// <summary>
/// One run of one scenario: the virtual clock, and all that lives under it. A scheduler drives it: it runs the
/// continuations that the world hands to it, in an order of its choosing, and calls <see cref="Advance"/> when none is
/// left. Everything happens on one thread at a time.
/// </summary>
internal sealed class VirtualWorld
{
    /// <summary>More continuations than this in one run are taken for a livelock, and end it undecided.</summary>
    public const long MaxSteps = 2_000_000;

    /// <summary>The world whose code runs on this thread, if any: what comes from another thread is out of control.</summary>
    [ThreadStatic]
    private static VirtualWorld? current;

    private readonly ISystemUnderTest system;
    private readonly EventQueue queue = new();
    private readonly Client[] clients;
    private readonly Nemesis nemesis;
    private readonly Operators operators;
    private readonly long endUs;
    private Action<Continuation> schedule = _ => throw new InvalidOperationException("The world has no scheduler yet.");
    private string? outOfSteps;

    public VirtualWorld(ISystemUnderTest system, Scenario scenario)
    {
        RequireRunnable(scenario);
        this.system = system;
        Scenario = scenario;
        endUs = scenario.DurationMs * 1000L;
        Recorder = new Recorder(Models.Find(system.Model), system.Features.Count);
        Run = system.Begin(scenario, Recorder);
        Network = new Network(scenario.Network, scenario.Servers, NewRandom(Stream.Network));
        Servers = [.. Enumerable.Range(0, scenario.Servers).Select(server => new ServerProcess(this, server))];
        clients = [.. scenario.Clients.Select((plan, client) => new Client(this, client, plan))];
        nemesis = new Nemesis(this, scenario.Faults);
        operators = new Operators(this, scenario.Operators);
    }

    /// <summary>Independent streams of randomness: more draws in one place must not change what another place draws.</summary>
    public enum Stream
    {
        Network = 1,
        Disk = 2,
        Server = 3,
        Client = 4,
    }

    public Scenario Scenario { get; }

    public Recorder Recorder { get; }

    public ISystemRun Run { get; }

    public Network Network { get; }

    public ServerProcess[] Servers { get; }

    public bool HasSessions => system.HasSessions;

    public int ClientCount => clients.Length;

    public long NowUs => Recorder.NowUs;

    public bool IsOver => Recorder.IsClosed || outOfSteps is not null;

    /// <exception cref="ArgumentException">The scenario can't be run; the message says why.</exception>
    public static void RequireRunnable(Scenario scenario)
    {
        if (ScenarioValidator.FindProblem(scenario) is { } problem)
        {
            throw new ArgumentException($"The scenario can't be run: {problem}", nameof(scenario));
        }
    }

    public static void EnterThread(VirtualWorld? world) => current = world;

    public Prng NewRandom(Stream stream, int number = 0) => new(((ulong)(uint)Scenario.Seed << 16) | ((ulong)stream << 8) | (uint)number);

    /// <summary>Starts servers, clients and faults. Called once, when the scheduler is ready.</summary>
    public void Boot(Action<Continuation> scheduler)
    {
        schedule = scheduler;
        foreach (var server in Servers)
        {
            server.Boot();
        }

        foreach (var client in clients)
        {
            client.Begin();
        }

        nemesis.Begin();
        operators.Begin();
    }

    public void After(long delayUs, Action action) => After(delayUs, new TimedAction(action));

    public void After(long delayUs, ITimedEvent timed) => queue.Add(NowUs + delayUs, timed);

    /// <summary>Hands a continuation to the scheduler. Everything that the code under test awaits or starts comes through here.</summary>
    public void Enqueue(Continuation continuation)
    {
        if (!RequireControl(continuation.Context.Server))
        {
            return;
        }

        if (++Recorder.Statistics.Steps > MaxSteps)
        {
            EndOutOfSteps($"The run took more than {MaxSteps:N0} steps in {NowUs / 1000} virtual milliseconds; it may be a livelock.");
            return;
        }

        schedule(continuation);
    }

    /// <summary>Only code that the world runs may use the world; anything else ends the run as an error.</summary>
    /// <returns>Whether this thread is the world's.</returns>
    public bool RequireControl(int server)
    {
        if (current == this)
        {
            return true;
        }

        Recorder.Fail($"An uncontrolled operation on n{server}: a thread that is not the world's resumed an activity or used a seam. The code under test must start and await everything through its seams.");
        return false;
    }

    /// <summary>The scheduler can't go on, and can't say that anything is wrong.</summary>
    public void EndOutOfSteps(string reason) => outOfSteps ??= reason;

    /// <summary>Lets the time pass to the next moment at which something happens, and makes it happen. Called when no continuation is left.</summary>
    /// <returns>False if the run is over.</returns>
    public bool Advance()
    {
        var next = queue.NextTimeUs;
        if (IsOver || next > endUs || (nemesis.IsDone && operators.AreDone && Array.TrueForAll(clients, client => client.IsDone)))
        {
            return false;
        }

        Recorder.NowUs = next;
        do
        {
            queue.Take().Happen();
        }
        while (queue.NextTimeUs == next && !IsOver);
        return !IsOver;
    }

    /// <summary>Judges the run. Called once, after its end.</summary>
    public RunResult Finish()
    {
        var statistics = Recorder.Statistics;
        statistics.VirtualMs = NowUs / 1000;
        var violation = Recorder.Violation;
        var reason = Recorder.Error;
        if (violation is null && reason is null)
        {
            (violation, reason) = JudgeHistory();
        }

        return new RunResult
        {
            Verdict = violation is not null ? Verdict.Violation
                : Recorder.Error is not null ? Verdict.Error
                : reason is not null ? Verdict.Undecided
                : Verdict.Pass,
            Violation = violation,
            Reason = violation is null ? reason : null,
            Trace = Recorder.TraceEvents,
            History = Recorder.History,
            Model = system.Model,
            Features = system.Features,
            Statistics = statistics,
            Describe = Run.Describe,
        };
    }

    private (Violation? Violation, string? Reason) JudgeHistory()
    {
        if (outOfSteps is not null)
        {
            return (null, outOfSteps);
        }

        // The whole history once more, by itself: what calls a run a pass is the checker, not the one that is in a hurry.
        var result = Recorder.JudgeHistory();
        return result.Verdict switch
        {
            CheckVerdict.Linearizable => JudgeLogOrder(result.LogOrder),
            CheckVerdict.NotLinearizable => (Violated(WorldProperties.Linearizability, result.Explanation), null),
            _ => (null, $"The linearizability checker gave up after {Recorder.MaxCheckerStates:N0} configurations."),
        };
    }

    private (Violation? Violation, string? Reason) JudgeLogOrder(LogOrder? order) => order?.Verdict switch
    {
        LogOrderVerdict.Contradicts => (Violated(WorldProperties.LogOrder, order.Explanation), null),
        LogOrderVerdict.Undecided => (null, order.Explanation),
        _ => (null, null),
    };

    private Violation Violated(string property, string message) => new(property, message, NowUs, Recorder.TraceEvents.Count);
}
