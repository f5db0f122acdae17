using System.Diagnostics;
using RaftCheck.Cli.Terminal;
using RaftCheck.Fuzzing.Failures;
using RaftCheck.Linearizability;

namespace RaftCheck.Cli.Commands;

/// <summary>A history to judge.</summary>
/// <param name="File">Its file.</param>
/// <param name="ModelName">The model; <see langword="null"/> for the one that the file names.</param>
/// <param name="Initial">The model's initial value, in EDN; <see langword="null"/> for its own.</param>
/// <param name="Options">What the check may spend, as the user gave it.</param>
internal sealed record JudgeRequest(string File, string? ModelName, string? Initial, CheckOptions Options)
{
    /// <summary>Reads the file and judges it.</summary>
    /// <returns>What was found. Without a result when it was interrupted.</returns>
    /// <exception cref="InputException">The file, the model or a limit can't be used.</exception>
    public Judged Judge()
    {
        var recorded = ReadHistory();
        var name = ModelName ?? recorded.Model ?? throw new InputException($"{File}: the file names no model; give one with --model ({string.Join(", ", Models.All.Select(each => each.Name))}).");
        var model = Models.Find(name, Initial);
        using var interruption = new Interruption();
        var options = MemoryBound.Apply(Options);
        var clock = Stopwatch.StartNew();
        try
        {
            var result = LinearizabilityChecker.Check(recorded.History, model, options, interruption.Token);
            return new Judged(this, recorded, model, name, result, clock.Elapsed);
        }
        catch (HistoryFormatException e)
        {
            throw new InputException($"{File}: {e.Message}", e);
        }
        catch (OperationCanceledException)
        {
            return new Judged(this, recorded, model, name, null, clock.Elapsed);
        }
    }

    /// <summary>The command that judges it again, for a shell.</summary>
    public string CommandLine(string modelName)
    {
        var words = new List<string> { "raftcheck", "check", File, "--model", modelName };
        if (Initial is not null)
        {
            words.AddRange(["--initial", Initial]);
        }

        if (Options.CasFail != CasFail.DidNotTakeEffect)
        {
            words.AddRange(["--cas-fail", Names.Kebab(Options.CasFail)]);
        }

        return string.Join(' ', words.Select(Quote));
    }

    private RecordedHistory ReadHistory()
    {
        try
        {
            return HistoryReader.Read(File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw InputException.Unreadable(File, e);
        }
    }

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
