using System.CommandLine;
using RaftCheck.Cli.Commands;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("""
            Hunts for bugs in a Raft under simulated faults, replays what it found, and judges recorded histories.

            Exit codes: 0 nothing wrong found; 1 a violation found, or a history that is not linearizable;
            2 bad usage or bad input; 3 undecided; 4 an error of raftcheck's own.
            """)
        {
            FuzzCommand.Create(),
            ReplayCommand.Create(),
            CheckCommand.Create(),
            ReportCommand.Create(),
            ConvertCommand.Create(),
            ListCommand.Create(),
            WorkerCommand.Create(),
            DigestCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"raftcheck: {OneLine(parsed.Errors[0].Message)} (see raftcheck {CommandPath(parsed)}--help)");
            return ExitCodes.BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is InputException or HistoryFormatException or ModelException)
        {
            await Console.Error.WriteLineAsync($"raftcheck: {e.Message}");
            return ExitCodes.BadInput;
        }
#pragma warning disable CA1031 // Nothing crashes with a stack trace: what nobody expected is an error of our own, in one line.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"raftcheck: an unexpected error: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
            if (Environment.GetEnvironmentVariable("RAFTCHECK_STACK_TRACE") is not null)
            {
                await Console.Error.WriteLineAsync(e.ToString());
            }

            return ExitCodes.OwnError;
        }
    }

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[])['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}
