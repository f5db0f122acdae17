using FsCheck;
using FsCheck.Fluent;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Generation;

/// <summary>
/// Draws the faults of a scenario: a random subset of the kinds is switched on (swarm testing), because a scenario with a
/// little of everything seldom gets far into anything. Some wait for the moments in which most can go wrong: a new leader, a
/// newly committed entry, a new configuration.
/// </summary>
internal static class FaultGenerator
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    private static readonly FaultTrigger[] Triggers = [FaultTrigger.Election, FaultTrigger.Commit, FaultTrigger.ConfigurationChange];

    /// <summary>The faults of a scenario.</summary>
    /// <param name="servers">How many servers it has.</param>
    /// <param name="durationMs">The span in which faults begin, in milliseconds.</param>
    public static Gen<Fault[]> Faults(int servers, int durationMs) =>
        from switchedOn in Gen.Choose(1, (1 << Kinds.Length) - 1)
        from count in Gen.Choose(2, 3 + (durationMs / 300))
        from faults in Fault(servers, durationMs, [.. Kinds.Where((_, i) => ((switchedOn >> i) & 1) == 1)]).ArrayOf(count)
        select faults;

    private static Gen<Fault> Fault(int servers, int durationMs, FaultKind[] kinds) =>
        from kind in Gen.Elements(kinds)
        from at in Gen.Choose(0, durationMs)
        from length in Gen.Frequency(
            (2, Gen.Choose(1, 30)),
            (3, Gen.Choose(30, 200)),
            (3, Gen.Choose(200, 600)))
        from target in Gen.Frequency((1, Gen.Constant(Simulation.Scenarios.Fault.LeaderTarget)), (1, Gen.Choose(0, servers - 1)))
        from split in Gen.Choose(1, (1 << servers) - 2)
        from trigger in Gen.Frequency((5, Gen.Constant(FaultTrigger.None)), (3, Gen.Elements(Triggers)))
        from lag in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(0, 40)))
        select new Fault(
            at,
            length,
            kind,
            NeedsTarget(kind) ? target : 0,
            kind == FaultKind.Partition && servers > 1 ? split : 0)
        {
            After = trigger,
            LagMs = trigger == FaultTrigger.None ? 0 : lag,
        };

    private static bool NeedsTarget(FaultKind kind) =>
        kind is not (FaultKind.CrashAll or FaultKind.Partition or FaultKind.LossBurst);
}
