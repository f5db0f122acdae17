using FsCheck.Xunit;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Fuzzing.Generation;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Tests.Generation;

[Properties(Arbitrary = [typeof(ScenarioArbitrary)], QuietOnSuccess = true)]
public class ScenarioGeneratorTests
{
    [Property(MaxTest = 300)]
    public void Every_scenario_that_is_drawn_can_be_run(Scenario scenario) =>
        Assert.Null(ScenarioValidator.FindProblem(scenario));

    [Property(MaxTest = 200)]
    public void A_scenario_survives_the_way_through_JSON(Scenario scenario)
    {
        var json = ScenarioJson.Write(scenario);

        Assert.Equal(json, ScenarioJson.Write(ScenarioJson.Parse(json, "scenario.json")));
    }

    [Fact]
    public void One_seed_draws_one_scenario_and_another_seed_another()
    {
        Assert.Equal(ScenarioJson.Write(ScenarioArbitrary.Draw(7)), ScenarioJson.Write(ScenarioArbitrary.Draw(7)));
        Assert.NotEqual(ScenarioJson.Write(ScenarioArbitrary.Draw(7)), ScenarioJson.Write(ScenarioArbitrary.Draw(8)));
    }

    [Fact]
    public void Every_kind_of_fault_and_every_function_is_drawn()
    {
        var scenarios = Enumerable.Range(0, 300).Select(seed => ScenarioArbitrary.Draw((ulong)seed)).ToArray();

        Assert.Equal(Enum.GetValues<FaultKind>(), scenarios.SelectMany(each => each.Faults).Select(fault => fault.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<FaultTrigger>(), scenarios.SelectMany(each => each.Faults).Select(fault => fault.After).Distinct().Order());
        Assert.Equal(
            ["append", "cas", "delete", "get", "put"],
            scenarios.SelectMany(each => each.Clients).SelectMany(client => client.Operations).Select(operation => operation.F).Distinct().Order());
    }

    [Property(MaxTest = 50)]
    public void Every_shrunk_scenario_can_be_run_and_is_not_the_same(Scenario scenario)
    {
        var json = ScenarioJson.Write(scenario);
        foreach (var smaller in ScenarioShrinker.Shrink(scenario))
        {
            Assert.Null(ScenarioValidator.FindProblem(smaller));
            Assert.NotEqual(json, ScenarioJson.Write(smaller));
        }
    }

    [Property(MaxTest = 20)]
    public void Shrinking_always_ends_with_nothing_left_to_go_wrong(Scenario scenario)
    {
        // Taking the first smaller scenario each time is the longest way down.
        var steps = 0;
        while (ScenarioShrinker.Shrink(scenario).FirstOrDefault() is { } smaller)
        {
            scenario = smaller;
            Assert.True(++steps < 1_000, "Shrinking does not end.");
        }

        Assert.Empty(scenario.Faults);
        Assert.Empty(scenario.Clients);
        Assert.Equal(0, scenario.Network.LossPerMille);
    }
}
