using System.Text.Json.Nodes;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Fuzzing.Generation;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Schedulers;

namespace RaftCheck.Fuzzing.Tests.Failures;

public sealed class FailureStoreTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 1, 31);

    private readonly string directory = Path.Combine(Path.GetTempPath(), "raftcheck-" + Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void What_is_saved_is_loaded_again()
    {
        var path = Save();

        var failure = FailureStore.Load(path);

        Assert.Equal("Election Safety", failure.Property);
        Assert.Equal(BuildHash.Current, failure.BuildHash);
        Assert.Equal(ScenarioJson.Write(ScenarioArbitrary.Draw(3)), ScenarioJson.Write(failure.Scenario));
        Assert.StartsWith("2026-01-31-election-safety-", Path.GetFileName(path), StringComparison.Ordinal);
        Assert.Equal(["failure.json", "history.jsonl", "trace.jsonl"], Directory.GetFiles(path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_same_failure_is_not_saved_twice_and_nothing_is_left_over()
    {
        Assert.Equal(Save(), Save());
        Assert.Single(Directory.GetFileSystemEntries(directory));
    }

    [Fact]
    public void A_failure_of_a_newer_format_is_refused_in_one_line() =>
        AssertRefused(json => json["version"] = 2, "format version 2");

    [Fact]
    public void A_scenario_with_no_servers_is_refused_in_one_line() =>
        AssertRefused(json => json["scenario"]!["servers"] = 0, "servers is 0");

    [Fact]
    public void A_field_of_the_wrong_type_is_named() =>
        AssertRefused(json => json["scenario"]!["disk"]!["flushMinMs"] = "soon", "$.scenario.disk.flushMinMs");

    [Fact]
    public void A_missing_field_is_named() =>
        AssertRefused(json => json.AsObject().Remove("scheduleSeed"), "scheduleSeed");

    [Fact]
    public void An_unknown_field_is_named() =>
        AssertRefused(json => json["colour"] = "red", "colour");

    [Fact]
    public void A_null_among_the_clients_is_refused() =>
        AssertRefused(json => json["scenario"]!["clients"]!.AsArray().Add(null), "clients");

    [Fact]
    public void A_strategy_that_does_not_exist_is_refused() =>
        AssertRefused(json => json["scheduler"] = new JsonObject { ["scheduler"] = "coyote", ["strategy"] = "hope" }, "hope");

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused_with_its_place()
    {
        var file = Path.Combine(Save(), FailureStore.FileName);
        var json = File.ReadAllText(file).TrimEnd();
        for (var length = 0; length < json.Length; length += Math.Max(1, json.Length / 60))
        {
            File.WriteAllText(file, json[..length]);

            var refused = Assert.Throws<InputException>(() => FailureStore.Load(file));

            Assert.StartsWith(file + ":", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

    [Fact]
    public void A_path_that_is_not_there_is_refused() =>
        Assert.Contains("there is no such file", Assert.Throws<InputException>(() => FailureStore.Load(Path.Combine(directory, "nothing"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_failure_that_this_build_does_not_repeat_is_a_divergence()
    {
        // The saved failure is made up: the run itself passes.
        var replay = Replay.Run(FailureStore.Load(Save()), schedules: 1, CancellationToken.None);

        Assert.Equal(ReplayOutcome.Diverged, replay.Outcome);
        Assert.NotNull(replay.Difference);
    }

    [Fact]
    public void A_failure_of_another_build_is_explored_anew()
    {
        var failure = FailureStore.Load(Save()) with { BuildHash = "0123456789abcdef" };

        var replay = Replay.Run(failure, schedules: 5, CancellationToken.None);

        Assert.Equal(ReplayOutcome.NotReproduced, replay.Outcome);
        Assert.Equal(5, replay.Runs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    public void A_Coyote_trace_that_is_no_JSON_is_refused(string trace) =>
        AssertRefused(json => (json["scheduler"], json["coyoteTrace"]) = (new JsonObject { ["scheduler"] = "coyote", ["strategy"] = "random" }, trace), "coyoteTrace");

    [Fact]
    public void A_Coyote_trace_of_another_form_is_refused_when_it_is_replayed()
    {
        var failure = FailureStore.Load(Save()) with { Scheduler = SchedulerChoice.Coyote(CoyoteStrategy.Random), CoyoteTrace = "{}" };

        Assert.Throws<InvalidDataException>(() => Replay.Run(failure, 1, CancellationToken.None));
    }

    private string Save()
    {
        var scenario = ScenarioArbitrary.Draw(3);
        var run = CooperativeScheduler.Run(SystemsUnderTest.For(SchedulerChoice.Cooperative), scenario, 1) with
        {
            Verdict = Verdict.Violation,
            Violation = new Violation("Election Safety", "Made up for this test.", 1, 1),
        };
        return FailureStore.Save(directory, Day, scenario, SchedulerChoice.Cooperative, 1, run, "raftcheck fuzz");
    }

    private void AssertRefused(Action<JsonNode> change, string expected)
    {
        var file = Path.Combine(Save(), FailureStore.FileName);
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        change(json);
        File.WriteAllText(file, json.ToJsonString());

        var refused = Assert.Throws<InputException>(() => FailureStore.Load(file));

        Assert.StartsWith(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
