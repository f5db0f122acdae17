using System.CommandLine;
using System.Diagnostics;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary><c>raftcheck check</c>: judges a recorded history, of any system.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The history: JSON Lines, Jepsen's EDN, or Jepsen's console log." };
        var model = new Option<string?>("--model", "-m") { Description = "The sequential model (see raftcheck list models). Default: the one that the file names." };
        var initial = new Option<string?>("--initial") { Description = "The model's initial value, in EDN. Default: the model's own." };
        var timeout = new Option<TimeSpan?>("--timeout") { Description = "Give up after this time, such as 60s. Default: none.", CustomParser = Durations.ParseTime };
        var memory = new Option<long?>("--memory") { Description = "Give up at this much memory for the search, such as 2GB. Default: none.", CustomParser = Durations.ParseSize };
        var casFail = new Option<CasFail>("--cas-fail") { Description = "What a failed cas means: did-not-take-effect (as with Knossos) or seen-to-mismatch (as with porcupine).", CustomParser = ParseCasFail, DefaultValueFactory = _ => CasFail.DidNotTakeEffect };
        var noExplain = new Option<bool>("--no-explain") { Description = "On a violation, do not look for the operations that contradict one another." };
        var json = SharedOptions.Json();
        var command = new Command("check", """
            Judges whether a recorded history is linearizable.

            Examples:
              raftcheck check history.jsonl --model kv
              raftcheck check etcd_002.log --model cas-register --timeout 60s
              raftcheck check knossos.edn --model cas-register --initial 0

            Exit codes: 0 linearizable; 1 not linearizable; 2 bad usage or bad input; 3 undecided.
            """)
        { file, model, initial, timeout, memory, casFail, noExplain, json };
        command.SetAction(parsed =>
        {
            var options = new CheckOptions { Timeout = parsed.GetValue(timeout), MemoryLimitBytes = parsed.GetValue(memory), CasFail = parsed.GetValue(casFail) };
            return Run(parsed.GetValue(file)!, parsed.GetValue(model), parsed.GetValue(initial), options, !parsed.GetValue(noExplain), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(string file, string? modelName, string? initial, CheckOptions options, bool explain, bool json)
    {
        var recorded = Read(file);
        var name = modelName ?? recorded.Model ?? throw new InputException($"{file}: the file names no model; give one with --model ({string.Join(", ", Models.All.Select(each => each.Name))}).");
        var model = Models.Find(name, initial);
        using var interruption = new Interruption();
        options = MemoryBound.Apply(options);
        var clock = Stopwatch.StartNew();
        CheckResult result;
        try
        {
            result = LinearizabilityChecker.Check(recorded.History, model, options, interruption.Token);
        }
        catch (HistoryFormatException e)
        {
            throw new InputException($"{file}: {e.Message}", e);
        }
        catch (OperationCanceledException)
        {
            if (json)
            {
                JsonOutput.Print(new { Verdict = Names.Kebab(Verdict.Undecided), File = file, recorded.Format, Model = name, Explanation = "interrupted" });
            }

            Console.Error.WriteLine("raftcheck: interrupted before there was a verdict.");
            return ExitCodes.Undecided;
        }

        var elapsed = clock.Elapsed;
        var explanation = explain ? ExplanationReport.Explain(recorded.History, model, result, options, elapsed, interruption.Token) : null;
        if (json)
        {
            JsonOutput.Print(new
            {
                Verdict = Names.Kebab(result.Verdict),
                File = file,
                recorded.Format,
                Model = name,
                Operations = recorded.History.Operations.Count,
                Partition = result.Partition,
                FirstNonLinearizable = result.FirstNonLinearizable?.ReturnIndex,
                result.Explanation,
                result.Methods,
                result.StatesExplored,
                Milliseconds = elapsed.TotalMilliseconds,
                Why = explanation is null ? null : ExplanationReport.ToJson(explanation),
            });
        }
        else
        {
            Console.Out.WriteLine($"{Names.Kebab(result.Verdict).Replace('-', ' ')}: {file} ({recorded.History.Operations.Count} operations, model {name}, {recorded.Format})");
            if (explanation is not null)
            {
                ExplanationReport.Print(explanation, Console.Out);
            }

            Console.Out.WriteLine(result.Explanation);
            if (result.FirstNonLinearizable is { } operation)
            {
                Console.Out.WriteLine($"First operation that can't be linearized: event {operation.ReturnIndex}: {operation}");
            }

            Console.Out.WriteLine($"{string.Join(" and ", result.Methods.DefaultIfEmpty("nothing to judge"))}: {result.StatesExplored:N0} configurations in {elapsed.TotalMilliseconds:N1} ms");
        }

        return result.Verdict switch
        {
            Verdict.Linearizable => ExitCodes.NothingFound,
            Verdict.NotLinearizable => ExitCodes.Violation,
            _ => ExitCodes.Undecided,
        };
    }

    private static RecordedHistory Read(string file)
    {
        try
        {
            return HistoryReader.Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw InputException.Unreadable(file, e);
        }
    }

    private static CasFail ParseCasFail(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        foreach (var value in Enum.GetValues<CasFail>())
        {
            if (Names.Kebab(value) == text)
            {
                return value;
            }
        }

        result.AddError($"\"{text}\" is not one of {string.Join(", ", Enum.GetValues<CasFail>().Select(Names.Kebab))}.");
        return default;
    }
}
