using System.CommandLine;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Fuzzing.Generation;

namespace RaftCheck.Cli.Commands;

/// <summary>
/// <c>raftcheck digest</c>, hidden: runs a few scenarios and prints the hashes of what they leave, so that two processes
/// can be compared.
/// </summary>
internal static class DigestCommand
{
    public static Command Create()
    {
        var scheduler = new Option<string>("--scheduler") { Required = true };
        var strategy = new Option<string?>("--strategy");
        var seed = new Option<int>("--seed") { Required = true };
        var schedules = new Option<int>("--schedules") { DefaultValueFactory = _ => 3 };
        var command = new Command("digest", "Prints the hashes of the traces and histories of a few runs.") { scheduler, strategy, seed, schedules };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var choice = new SchedulerChoice(parsed.GetValue(scheduler)!, parsed.GetValue(strategy));
            if (choice.FindProblem() is { } problem)
            {
                throw new InputException(problem);
            }

            var scenario = ScenarioArbitrary.Draw((ulong)parsed.GetValue(seed));
            choice.CreateScheduler().Explore(SystemsUnderTest.For(choice), scenario, parsed.GetValue(seed), parsed.GetValue(schedules), run =>
            {
                Console.Out.WriteLine($"{Names.Kebab(run.Verdict)} trace {RunText.Sha256(RunText.Trace(run))} history {RunText.Sha256(RunText.History(run))}");
                return true;
            });
            return ExitCodes.NothingFound;
        });
        return command;
    }
}
