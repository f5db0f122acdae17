using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Simulation.Results;

/// <summary>What happened in a run, in numbers: the proof that it did real work.</summary>
public sealed class RunStatistics
{
    internal RunStatistics(int features) => Features = new long[features];

    /// <summary>How often the system did each thing that it can do, by <see cref="Systems.ISystemUnderTest.Features"/>.</summary>
    public long[] Features { get; }

    /// <summary>Continuations of servers that were executed: task starts and resumed awaits.</summary>
    public long Steps { get; internal set; }

    /// <summary>Scheduling steps that Coyote made; 0 under the cooperative scheduler.</summary>
    public long CoyoteSteps { get; internal set; }

    /// <summary>How much virtual time passed, in milliseconds.</summary>
    public long VirtualMs { get; internal set; }

    /// <summary>Messages between servers that were handed to the network.</summary>
    public long Messages { get; internal set; }

    /// <summary>Messages of all kinds that the network lost.</summary>
    public long MessagesLost { get; internal set; }

    /// <summary>Messages that the network delivered twice.</summary>
    public long MessagesDuplicated { get; internal set; }

    /// <summary>Messages that came much later than usual.</summary>
    public long MessagesDelayed { get; internal set; }

    /// <summary>Operations that completed <c>ok</c>.</summary>
    public int OperationsOk { get; internal set; }

    /// <summary>Operations that completed <c>fail</c>.</summary>
    public int OperationsFailed { get; internal set; }

    /// <summary>Operations that were left indeterminate (<c>info</c>).</summary>
    public int OperationsInfo { get; internal set; }

    /// <summary>How many times a fault of each kind was applied, by <see cref="FaultKind"/>.</summary>
    public int[] FaultsApplied { get; } = new int[Enum.GetValues<FaultKind>().Length];

    /// <summary>How many times operators asked for each kind of action, by <see cref="OperatorKind"/>.</summary>
    public int[] OperatorActions { get; } = new int[Enum.GetValues<OperatorKind>().Length];

    /// <summary>Server processes that crashed.</summary>
    public int Crashes { get; internal set; }

    /// <summary>Crashes in which the disk lost or tore something that was not flushed.</summary>
    public int TornWrites { get; internal set; }

    /// <summary>Leaders that were elected.</summary>
    public int LeadersElected { get; set; }

    /// <summary>Entries that were committed.</summary>
    public long Commits { get; set; }

    /// <summary>Entries that were committed while a fault was in force.</summary>
    public long CommitsUnderFaults { get; set; }

    /// <summary>Whether nothing worth checking happened: no leader, or no commit.</summary>
    public bool IsIdle => LeadersElected == 0 || Commits == 0;
}
