using FsCheck.Xunit;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Fuzzing.Generation;
using RaftCheck.Fuzzing.Reports;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Schedulers;
using Xunit.Sdk;

namespace RaftCheck.Properties;

/// <summary>
/// What this project is about, in two properties: whatever the scenario, the Raft keeps the safety properties of
/// Figure 3 at every step, and what its clients saw is linearizable. FsCheck draws the scenarios, and shrinks one that
/// fails.
/// </summary>
[Properties(Arbitrary = [typeof(ScenarioArbitrary)], QuietOnSuccess = true)]
public class RaftProperties
{
    [Property(MaxTest = 500)]
    public void The_Raft_is_safe_and_linearizable_under_any_scenario(Scenario scenario) =>
        RequirePass(SchedulerChoice.Cooperative, scenario, schedules: 2);

    [Property(MaxTest = 6)]
    public void The_Raft_is_safe_and_linearizable_under_any_scenario_whatever_its_locks_do(Scenario scenario) =>
        RequirePass(SchedulerChoice.Coyote(CoyoteStrategy.Random), scenario, schedules: 2);

    [Property(MaxTest = 4)]
    public void The_Raft_is_safe_when_an_activity_keeps_its_turn(Scenario scenario) =>
        RequirePass(SchedulerChoice.Coyote(CoyoteStrategy.Probabilistic), scenario, schedules: 2);

    [Property(MaxTest = 4)]
    public void The_Raft_is_safe_when_some_activities_come_first(Scenario scenario) =>
        RequirePass(SchedulerChoice.Coyote(CoyoteStrategy.Prioritization), scenario, schedules: 3);

    [Property(MaxTest = 4)]
    public void The_Raft_is_safe_when_some_activities_come_first_for_a_while(Scenario scenario) =>
        RequirePass(SchedulerChoice.Coyote(CoyoteStrategy.FairPrioritization), scenario, schedules: 3);

    [Property(MaxTest = 4)]
    public void The_Raft_is_safe_when_some_activities_are_delayed(Scenario scenario) =>
        RequirePass(SchedulerChoice.Coyote(CoyoteStrategy.DelayBounding), scenario, schedules: 3);

    [Property(MaxTest = 3)]
    public void The_Raft_is_safe_when_the_scheduler_learns_where_it_has_not_been(Scenario scenario) =>
        RequirePass(SchedulerChoice.Coyote(CoyoteStrategy.QLearning), scenario, schedules: 4);

    private static void RequirePass(SchedulerChoice choice, Scenario scenario, int schedules) =>
        choice.CreateScheduler().Explore(SystemsUnderTest.For(choice), scenario, scenario.Seed, schedules, run =>
        {
            if (run.Verdict == Verdict.Violation)
            {
                throw new XunitException($"""
                    {run.Violation!.Property} was violated under {choice}: {run.Violation.Message}

                    {FailureReport.Describe(scenario)}
                    {FailureReport.EventTable(run, events: 40)}
                    The scenario, for raftcheck: {ScenarioJson.Write(scenario)}
                    """);
            }

            Assert.True(run.Verdict != Verdict.Error, run.Reason);
            return true;
        });
}
