using System.Text.Json.Nodes;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Fuzzing.Generation;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Schedulers;

namespace RaftCheck.Cli.Tests;

public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_failure_that_another_build_no_longer_has_exits_with_0()
    {
        var path = SaveMadeUp(json => json["buildHash"] = "0123456789abcdef");

        var result = RaftCheckProcess.Run("replay", path, "--schedules", "3");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("not reproduced in 3 runs", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_build_that_gives_another_run_is_an_error_of_our_own()
    {
        var result = RaftCheckProcess.Run("replay", SaveMadeUp(_ => { }));

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("the same build did not give the same run", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_without_servers_is_bad_input() =>
        CheckTests.AssertBadInput(RaftCheckProcess.Run("replay", SaveMadeUp(json => json["scenario"]!["servers"] = 0)), "servers is 0");

    [Fact]
    public void A_newer_format_is_bad_input() =>
        CheckTests.AssertBadInput(RaftCheckProcess.Run("replay", SaveMadeUp(json => json["version"] = 99)), "format version 99");

    [Fact]
    public void Another_JSON_file_is_bad_input() =>
        CheckTests.AssertBadInput(RaftCheckProcess.Run("replay", files.Write("other.json", "{}")), "not a failure file");

    [Fact]
    public void A_folder_without_a_failure_is_bad_input() =>
        CheckTests.AssertBadInput(RaftCheckProcess.Run("replay", files.Directory), "there is no such file");

    /// <summary>A failure that never was: the unbroken Raft gives none. That real ones replay is seen with the mutants.</summary>
    private string SaveMadeUp(Action<JsonNode> change)
    {
        var scenario = ScenarioArbitrary.Draw(3);
        var run = CooperativeScheduler.Run(SystemsUnderTest.For(SchedulerChoice.Cooperative), scenario, 1) with
        {
            Verdict = Verdict.Violation,
            Violation = new Violation("Election Safety", "Made up for this test.", 1, 1),
        };
        var path = FailureStore.Save(files.Directory, new DateOnly(2026, 1, 31), scenario, SchedulerChoice.Cooperative, 1, run, "raftcheck fuzz");
        var file = Path.Combine(path, FailureStore.FileName);
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        change(json);
        File.WriteAllText(file, json.ToJsonString());
        return path;
    }
}
