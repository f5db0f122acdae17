using RaftCheck.Linearizability;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using Verdict = RaftCheck.Simulation.Results.Verdict;

namespace RaftCheck.Fuzzing.Campaigns;

/// <summary>What a campaign did, in numbers. Can be added to another's, and written as JSON. Not safe for use by several threads.</summary>
public sealed class CampaignStatistics
{
    private const int LongestCounted = 64;

    /// <summary>Scenarios that were drawn.</summary>
    public long Scenarios { get; set; }

    /// <summary>Runs, by how they ended.</summary>
    public Dictionary<Verdict, long> Runs { get; init; } = Enum.GetValues<Verdict>().ToDictionary(verdict => verdict, _ => 0L);

    /// <summary>Continuations of servers that were executed.</summary>
    public long Steps { get; set; }

    /// <summary>Coyote's scheduling steps.</summary>
    public long CoyoteSteps { get; set; }

    /// <summary>Virtual time, in milliseconds.</summary>
    public long VirtualMs { get; set; }

    /// <summary>Time on the machine's clock, in milliseconds.</summary>
    public long ElapsedMs { get; set; }

    /// <summary>Messages between servers, lost, duplicated and late ones among them.</summary>
    public MessageCounts Messages { get; set; } = new(0, 0, 0, 0);

    /// <summary>Operations of clients, by how they completed.</summary>
    public OperationCounts Operations { get; set; } = new(0, 0, 0);

    /// <summary>Faults that were applied, by kind.</summary>
    public Dictionary<FaultKind, long> Faults { get; init; } = Enum.GetValues<FaultKind>().ToDictionary(kind => kind, _ => 0L);

    /// <summary>How often the system did each thing that it can do, in its own order, by name.</summary>
    public Dictionary<string, long> Features { get; init; } = [];

    /// <summary>Requests of operators, by kind.</summary>
    public Dictionary<OperatorKind, long> Operators { get; init; } = Enum.GetValues<OperatorKind>().ToDictionary(kind => kind, _ => 0L);

    /// <summary>Server processes that crashed.</summary>
    public long Crashes { get; set; }

    /// <summary>Crashes in which a disk lost or tore what was not flushed.</summary>
    public long TornWrites { get; set; }

    /// <summary>Entries that were committed.</summary>
    public long Commits { get; set; }

    /// <summary>How many runs elected 0, 1, 2, … leaders; the last counts all that elected more.</summary>
    public long[] RunsByLeaders { get; set; } = new long[LongestCounted];

    /// <summary>How many runs committed 0, 1, 2, … entries while a fault was in force; the last counts all that committed more.</summary>
    public long[] RunsByCommitsUnderFaults { get; set; } = new long[LongestCounted];

    /// <summary>Runs in which nothing worth checking happened: no leader, or no commit.</summary>
    public long IdleRuns { get; set; }

    /// <summary>What became of the replies of some passing histories when they were changed: what their passing is worth.</summary>
    public VacuityScore Vacuity { get; set; } = VacuityScore.None;

    /// <summary>All runs.</summary>
    public long RunCount => Runs.Values.Sum();

    /// <summary>The median number of leaders that a run elected.</summary>
    public int MedianLeaders => Median(RunsByLeaders);

    /// <summary>The median number of entries that a run committed while a fault was in force.</summary>
    public int MedianCommitsUnderFaults => Median(RunsByCommitsUnderFaults);

    /// <summary>Leaders that were elected.</summary>
    public long Elections { get; set; }

    /// <summary>Adds a run.</summary>
    /// <param name="run">The run.</param>
    public void Add(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var s = run.Statistics;
        Runs[run.Verdict]++;
        Steps += s.Steps;
        CoyoteSteps += s.CoyoteSteps;
        VirtualMs += s.VirtualMs;
        Messages = Messages.Plus(new(s.Messages, s.MessagesLost, s.MessagesDuplicated, s.MessagesDelayed));
        Operations = Operations.Plus(new(s.OperationsOk, s.OperationsFailed, s.OperationsInfo));
        for (var kind = 0; kind < s.FaultsApplied.Length; kind++)
        {
            Faults[(FaultKind)kind] += s.FaultsApplied[kind];
        }

        for (var feature = 0; feature < s.Features.Length; feature++)
        {
            Features[run.Features[feature]] = Features.GetValueOrDefault(run.Features[feature]) + s.Features[feature];
        }

        for (var kind = 0; kind < s.OperatorActions.Length; kind++)
        {
            Operators[(OperatorKind)kind] += s.OperatorActions[kind];
        }

        Crashes += s.Crashes;
        TornWrites += s.TornWrites;
        Commits += s.Commits;
        Elections += s.LeadersElected;
        RunsByLeaders[Math.Min(s.LeadersElected, LongestCounted - 1)]++;
        RunsByCommitsUnderFaults[Math.Min(s.CommitsUnderFaults, LongestCounted - 1)]++;
        IdleRuns += s.IsIdle ? 1 : 0;
    }

    /// <summary>Adds what another campaign did beside this one. The elapsed time is the longer of the two.</summary>
    /// <param name="other">The other.</param>
    public void Add(CampaignStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Scenarios += other.Scenarios;
        Steps += other.Steps;
        CoyoteSteps += other.CoyoteSteps;
        VirtualMs += other.VirtualMs;
        ElapsedMs = Math.Max(ElapsedMs, other.ElapsedMs);
        Messages = Messages.Plus(other.Messages);
        Operations = Operations.Plus(other.Operations);
        Crashes += other.Crashes;
        TornWrites += other.TornWrites;
        Commits += other.Commits;
        Elections += other.Elections;
        IdleRuns += other.IdleRuns;
        Vacuity = Vacuity.Plus(other.Vacuity);
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            Runs[verdict] += other.Runs[verdict];
        }

        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            Faults[kind] += other.Faults[kind];
        }

        foreach (var kind in Enum.GetValues<OperatorKind>())
        {
            Operators[kind] += other.Operators[kind];
        }

        foreach (var (feature, count) in other.Features)
        {
            Features[feature] = Features.GetValueOrDefault(feature) + count;
        }

        for (var i = 0; i < LongestCounted; i++)
        {
            RunsByLeaders[i] += other.RunsByLeaders[i];
            RunsByCommitsUnderFaults[i] += other.RunsByCommitsUnderFaults[i];
        }
    }

    private static int Median(long[] histogram)
    {
        var half = (histogram.Sum() + 1) / 2;
        var seen = 0L;
        for (var i = 0; i < histogram.Length; i++)
        {
            seen += histogram[i];
            if (seen >= half)
            {
                return i;
            }
        }

        return 0;
    }
}

/// <summary>Messages, counted.</summary>
/// <param name="Sent">Handed to the network.</param>
/// <param name="Lost">Lost by it.</param>
/// <param name="Duplicated">Delivered twice.</param>
/// <param name="Delayed">Delivered much later than usual.</param>
public sealed record MessageCounts(long Sent, long Lost, long Duplicated, long Delayed)
{
    internal MessageCounts Plus(MessageCounts other) =>
        new(Sent + other.Sent, Lost + other.Lost, Duplicated + other.Duplicated, Delayed + other.Delayed);
}

/// <summary>Operations, counted by how they completed.</summary>
/// <param name="Ok">With an answer.</param>
/// <param name="Fail">Known to have had no effect.</param>
/// <param name="Info">Indeterminate.</param>
public sealed record OperationCounts(long Ok, long Fail, long Info)
{
    internal OperationCounts Plus(OperationCounts other) => new(Ok + other.Ok, Fail + other.Fail, Info + other.Info);
}
