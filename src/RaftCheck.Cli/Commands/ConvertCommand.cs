using System.CommandLine;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary><c>raftcheck convert</c>: writes a recorded history in another format.</summary>
internal static class ConvertCommand
{
    private const string StandardOutput = "-";

    public static Command Create()
    {
        var input = new Argument<string>("in") { Description = "The history: JSON Lines, Jepsen's EDN, or Jepsen's console log." };
        var output = new Argument<string>("out") { Description = "The new file, or - for standard output." };
        var to = new Option<string>("--to") { Description = "The new format: json-lines, edn or jepsen-log.", DefaultValueFactory = _ => HistoryFormats.JsonLines };
        to.AcceptOnlyFromAmong(HistoryFormats.JsonLines, HistoryFormats.Edn, HistoryFormats.JepsenLog);
        var model = new Option<string?>("--model", "-m") { Description = "The sequential model that the new file names (see raftcheck list models). Default: the one that the old file names." };
        var force = SharedOptions.Force();
        var command = new Command("convert", """
            Writes a recorded history in another format. The new file has the same verdict as the old one: what a format has no
            notation for stands in a header that other tools skip, and what cannot be expressed at all is an error.

            Examples:
              raftcheck convert knossos.edn history.jsonl --model cas-register
              raftcheck convert history.jsonl - --to edn

            Exit codes: 0 written; 2 bad usage or bad input, and nothing is written.
            """)
        { input, output, to, model, force };
        command.SetAction(parsed => Run(
            parsed.GetValue(input)!, parsed.GetValue(output)!, parsed.GetValue(to)!, parsed.GetValue(model), parsed.GetValue(force)));
        return command;
    }

    private static int Run(string input, string output, string format, string? model, bool force)
    {
        if (model is not null)
        {
            _ = Models.Find(model);
        }

        var file = output == StandardOutput ? null : new NewFile(output, force);
        using var interruption = new Interruption();
        var recorded = HistoryInput.Read(input, interruption.Token);
        try
        {
            if (file is null)
            {
                // What can't be expressed shows here, before anything is printed.
                HistoryWriter.Write(recorded.History, Stream.Null, format, model ?? recorded.Model);
                using var stream = Console.OpenStandardOutput();
                HistoryWriter.Write(recorded.History, stream, format, model ?? recorded.Model);
            }
            else
            {
                file.Write(stream => HistoryWriter.Write(recorded.History, stream, format, model ?? recorded.Model));
                Console.Out.WriteLine($"{output}: {recorded.History.Events.Count} events, {format} (from {recorded.Format})");
            }
        }
        catch (IOException e)
        {
            throw new InputException($"standard output can't be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (HistoryFormatException e)
        {
            throw new InputException($"{input}: {e.Message}", e);
        }

        return ExitCodes.NothingFound;
    }
}
