namespace RaftCheck.Linearizability;

/// <summary>
/// Measures what a pass is worth. A green run means little if the checker would have passed other replies as well: when
/// nearly all operations are of unknown end, for instance, or nobody reads.
/// </summary>
public static class Vacuity
{
    // A changed history that takes longer to judge than this many configurations counts as one that passes.
    private const long StatesMax = 200_000;

    /// <summary>
    /// Changes the replies of a linearizable history, one at a time, and judges each changed history. What a reply
    /// returned becomes the value that comes nearest before it in the history and differs; a reply that returned nothing
    /// (a write's) becomes a <c>fail</c>; and a <c>cas</c> that mismatched becomes one that did not, and the other way
    /// round. Pure, so safe to call from any number of threads.
    /// </summary>
    /// <param name="history">The history. One that is not linearizable has no score worth having.</param>
    /// <param name="model">What it is judged by.</param>
    /// <param name="options">Readings and limits; of the limits, those of time and memory count, for all changes together and for each.</param>
    /// <param name="repliesMax">How many replies to change at most, from 1; evenly spread if there are more.</param>
    /// <param name="ct">Gives it up.</param>
    /// <exception cref="HistoryFormatException">An operation of the history is not one of the model's.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static VacuityScore Measure(
        History history, Model model, CheckOptions? options = null, int repliesMax = int.MaxValue, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(repliesMax, 1);
        options ??= CheckOptions.Default;
        options.Validate();
        model = model.For(history);
        List<Part> parts = Part.Split(history, model, options.CasFail);
        LogWitness.Examine(parts, model);
        long replies = parts.Sum(static part => part.Operations.LongCount(static judged => judged.IsCompleted));
        long step = Math.Max(1, (replies + repliesMax - 1) / repliesMax);

        var deadline = Deadline.Of(options, ct);
        var judge = new PartJudge(model, history.NilReads);
        var score = VacuityScore.None;
        long number = 0;
        foreach (Part part in parts)
        {
            for (int i = 0; i < part.Operations.Count; i++)
            {
                if (!part.Operations[i].IsCompleted || number++ % step != 0) continue;
                if (deadline.HasPassed()) return score;
                if (Perturbation.Of(part, i, model) is not Part changed) continue;
                Judgement judgement = judge.Judge(changed, new Budget(StatesMax, options.MemoryLimitBytes ?? long.MaxValue, deadline));
                bool isRefused = judgement.End == SearchEnd.Exhausted;
                bool isRefusedByLog = judgement is { End: SearchEnd.Found, LogOrder.Verdict: LogOrderVerdict.Contradicts };
                score = score.Plus(new VacuityScore(1, isRefused ? 1 : 0, isRefusedByLog ? 1 : 0));
            }
        }

        return score;
    }
}
