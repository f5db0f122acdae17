using FsCheck;
using FsCheck.Fluent;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Generation;

/// <summary>
/// What FsCheck needs to know of scenarios: how to draw one, and how to make a failing one smaller. Register it with
/// <c>[Properties(Arbitrary = [typeof(ScenarioArbitrary)])]</c>, or use the parts by themselves.
/// </summary>
public static class ScenarioArbitrary
{
    /// <summary>The generator and the shrinker together, as FsCheck looks for them.</summary>
    public static Arbitrary<Scenario> Scenario() => Arb.From(ScenarioGenerator.Scenarios, ScenarioShrinker.Shrink);

    /// <summary>Draws one scenario. The same seed gives the same scenario, in every process.</summary>
    /// <param name="seed">The seed.</param>
    public static Scenario Draw(ulong seed) => ScenarioGenerator.Scenarios.Sample(1, new Rnd(seed), 50)[0];
}
