using System.CommandLine;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Fuzzing.Reports;

namespace RaftCheck.Cli.Commands;

/// <summary><c>raftcheck replay</c>: has a saved failure again.</summary>
internal static class ReplayCommand
{
    private const int ShownEvents = 40;

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A failure's folder, or the failure.json in it." };
        var schedules = new Option<int>("--schedules") { Description = "On another build than the recorded one: how many schedules to try.", DefaultValueFactory = _ => 1_000 }.Between(1, int.MaxValue);
        var trace = new Option<bool>("--trace") { Description = "Print the whole event table, not only its end." };
        var json = SharedOptions.Json();
        var command = new Command("replay", """
            Reproduces a saved failure. On the build that recorded it: the very run, byte for byte. On another build, where a
            recorded schedule no longer fits: the same scenario is explored anew on many schedules.

            Exit codes: 0 nothing is violated any more; 1 reproduced; 2 bad usage or bad input; 3 undecided; 4 the same build gave
            another run, or another error of raftcheck's own.
            """)
        { path, schedules, trace, json };
        command.SetAction(parsed => Run(parsed.GetValue(path)!, parsed.GetValue(schedules), parsed.GetValue(trace), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, int schedules, bool wholeTrace, bool json)
    {
        var failure = FailureStore.Load(path);
        using var interruption = new Interruption();
        ReplayResult replay;
        try
        {
            replay = Replay.Run(failure, schedules, interruption.Token);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }

        var sameBuild = failure.BuildHash == BuildHash.Current;
        var exitCode = replay.Outcome switch
        {
            ReplayOutcome.ReproducedExactly or ReplayOutcome.Reproduced => ExitCodes.Violation,
            ReplayOutcome.NotReproduced => ExitCodes.NothingFound,
            ReplayOutcome.Undecided => ExitCodes.Undecided,
            _ => ExitCodes.OwnError,
        };
        var sentence = replay.Outcome switch
        {
            ReplayOutcome.ReproducedExactly => "Reproduced: the same run, byte for byte.",
            ReplayOutcome.Reproduced => $"The build has changed since: reproduced after {replay.Runs} runs of the same scenario{(replay.Difference is null ? "" : $" ({replay.Difference})")}.",
            ReplayOutcome.NotReproduced => $"The build has changed since: not reproduced in {replay.Runs} runs of the same scenario.",
            ReplayOutcome.Undecided => $"The build has changed since: nothing was violated in {replay.Runs} runs of the same scenario, but some were undecided, or it was interrupted.",
            ReplayOutcome.Failed => $"An error of raftcheck's own: {replay.Difference}",
            _ => $"An error of raftcheck's own: the same build did not give the same run: {replay.Difference?.TrimEnd('.')}.",
        };
        if (json)
        {
            JsonOutput.Print(new
            {
                Outcome = Names.Kebab(replay.Outcome),
                ExitCode = exitCode,
                Path = path,
                failure.Property,
                SameBuild = sameBuild,
                replay.Runs,
                Scheduler = failure.Scheduler.ToString(),
                Message = replay.Run.Violation?.Message,
                HistorySha256 = RunText.Sha256(RunText.History(replay.Run)),
                TraceSha256 = RunText.Sha256(RunText.Trace(replay.Run)),
                replay.Difference,
            });
            return exitCode;
        }

        if (replay.Run.Violation is not null)
        {
            Console.Out.WriteLine(FailureReport.Write(failure.Scenario, replay.Run, path, wholeTrace ? int.MaxValue : ShownEvents));
        }

        (exitCode == ExitCodes.OwnError ? Console.Error : Console.Out).WriteLine(sentence);
        return exitCode;
    }
}
