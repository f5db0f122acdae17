using System.CommandLine;
using RaftCheck.Cli.Terminal;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary>What the commands that judge a recorded history can be told: which, by what model, and how long.</summary>
internal sealed class JudgeOptions
{
    private readonly Argument<string> file = new("file") { Description = "The history: JSON Lines, Jepsen's EDN, or Jepsen's console log." };
    private readonly Option<string?> model = new("--model", "-m") { Description = "The sequential model (see raftcheck list models). Default: the one that the file names." };
    private readonly Option<string?> initial = new("--initial") { Description = "The model's initial value, in EDN. Default: the model's own." };
    private readonly Option<TimeSpan?> timeout = new("--timeout") { Description = "Give up after this time, such as 60s. Default: none.", CustomParser = Durations.ParseTime };
    private readonly Option<long?> memory = new("--memory") { Description = "Give up at this much memory for the search, such as 2GB. Default: none.", CustomParser = Durations.ParseSize };
    private readonly Option<CasFail> casFail = new("--cas-fail") { Description = "What a failed cas means: did-not-take-effect (as with Knossos) or seen-to-mismatch (as with porcupine).", CustomParser = ParseCasFail, DefaultValueFactory = _ => CasFail.DidNotTakeEffect };

    private readonly Option<bool> vacuity = new("--vacuity") { Description = "If the history passes, change its replies one at a time (some of them, if there are many), and say how many changes are noticed." };

    private readonly Option<bool> noExplain = new("--no-explain") { Description = "On a violation, do not look for the operations that contradict one another." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(file);
        command.Add(model);
        command.Add(initial);
        command.Add(timeout);
        command.Add(memory);
        command.Add(casFail);
        command.Add(vacuity);
        command.Add(noExplain);
    }

    /// <summary>What was asked for.</summary>
    public JudgeRequest Read(ParseResult parsed) => new(
        parsed.GetValue(file)!,
        parsed.GetValue(model),
        parsed.GetValue(initial),
        new CheckOptions { Timeout = parsed.GetValue(timeout), MemoryLimitBytes = parsed.GetValue(memory), CasFail = parsed.GetValue(casFail) },
        parsed.GetValue(vacuity),
        !parsed.GetValue(noExplain));

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
