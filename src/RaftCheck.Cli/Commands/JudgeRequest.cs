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
/// <param name="Vacuity">Whether to measure what a pass is worth.</param>
/// <param name="Explain">Whether to look for what contradicts what.</param>
internal sealed record JudgeRequest(string File, string? ModelName, string? Initial, CheckOptions Options, bool Vacuity, bool Explain)
{
    // Each is a check of its part of the history.
    private const int RepliesChanged = 1000;

    /// <summary>Reads the file and judges it.</summary>
    /// <returns>What was found. Without a result when it was interrupted.</returns>
    /// <exception cref="InputException">The file, the model or a limit can't be used.</exception>
    /// <exception cref="NotReadException">The time was up, or it was interrupted, before there was anything to judge.</exception>
    public Judged Judge()
    {
        var clock = Stopwatch.StartNew();
        using var interruption = new Interruption();
        MemoryBound.Begin(Options);
        var recorded = Read(interruption);
        var name = ModelName ?? recorded.Model ?? throw new InputException($"{File}: the file names no model; give one with --model ({string.Join(", ", Models.All.Select(each => each.Name))}).");
        var model = Models.Find(name, Initial);
        var options = MemoryBound.Apply(Options) with { TimeSpent = clock.Elapsed };
        clock.Restart();
        try
        {
            var result = LinearizabilityChecker.Check(recorded.History, model, options, interruption.Token);
            var elapsed = clock.Elapsed;
            var score = Vacuity && result.Verdict == Verdict.Linearizable
                ? RaftCheck.Linearizability.Vacuity.Measure(recorded.History, model, options with { TimeSpent = options.TimeSpent + elapsed }, RepliesChanged, interruption.Token)
                : null;
            var explanation = Explain ? ExplanationReport.Explain(recorded.History, model, result, options, elapsed, interruption.Token) : null;
            return new Judged(this, recorded, model, name, result, elapsed) { Vacuity = score, Explanation = explanation };
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

    /// <summary>Reads the file. That takes time too, of which there may be a limit.</summary>
    private RecordedHistory Read(Interruption interruption)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token);
        if (Options.Timeout is { } limit)
        {
            stop.CancelAfter(limit);
        }

        try
        {
            return HistoryInput.Read(File, stop.Token);
        }
        catch (OperationCanceledException)
        {
            throw new NotReadException(interruption.Token.IsCancellationRequested
                ? "interrupted while the file was read"
                : FormattableString.Invariant($"the time limit of {Options.Timeout?.TotalSeconds} s was reached while the file was read"));
        }
    }

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
