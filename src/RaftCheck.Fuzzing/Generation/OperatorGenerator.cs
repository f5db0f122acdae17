using FsCheck;
using FsCheck.Fluent;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Generation;

/// <summary>Draws what operators ask of the cluster: nothing in a third of the scenarios, and a few kinds at a time in the others.</summary>
internal static class OperatorGenerator
{
    private static readonly OperatorKind[] Kinds = Enum.GetValues<OperatorKind>();

    /// <summary>The actions of a scenario.</summary>
    /// <param name="servers">How many servers it has.</param>
    /// <param name="durationMs">The span in which they happen, in milliseconds.</param>
    public static Gen<OperatorAction[]> Operators(int servers, int durationMs) =>
        from switchedOn in Gen.Choose(1, (1 << Kinds.Length) - 1)
        from count in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 2 + (durationMs / 300))))
        from actions in Action(servers, durationMs, [.. Kinds.Where((_, i) => ((switchedOn >> i) & 1) == 1)]).ArrayOf(count)
        select actions;

    private static Gen<OperatorAction> Action(int servers, int durationMs, OperatorKind[] kinds) =>
        from kind in Gen.Elements(kinds)
        from at in Gen.Choose(0, durationMs)
        from target in Gen.Choose(0, servers - 1)
        from voters in Gen.Choose(1, (1 << servers) - 1)
        select new OperatorAction(at, kind, kind == OperatorKind.ReplaceVoters ? 0 : target, kind == OperatorKind.ReplaceVoters ? voters : 0);
}
