namespace RaftCheck.Linearizability;

/// <summary>Why a history is not linearizable, as small and as plain as it can be said. Immutable.</summary>
public sealed record Explanation
{
    /// <summary>
    /// Operations that contradict one another, in the order of their calls: there is no order in which each of them ends
    /// as it did, even if every other operation of the history may or may not have taken effect between its call and its
    /// return. So the contradiction is one of the whole history, and not of a selection from it. If
    /// <see cref="IsMinimal"/>, there is such an order as soon as any one of them need not have ended as it did.
    /// By themselves, without all the others, they are not linearizable either.
    /// </summary>
    public required IReadOnlyList<Operation> Core { get; init; }

    /// <summary>
    /// Operations that are not part of the contradiction and help to read it: those that wrote what the core's found,
    /// in the order of their calls.
    /// </summary>
    public required IReadOnlyList<Operation> Context { get; init; }

    /// <summary>
    /// Those of the core that, by themselves, are a history that is not linearizable, and if <see cref="IsMinimal"/> is
    /// linearizable when any one of them is left out as if it had never been called. Often less than one would like to
    /// see: a read of what was overwritten is a contradiction by itself once nobody wrote that value.
    /// </summary>
    public required IReadOnlyList<Operation> LiteralCore { get; init; }

    /// <summary>Whether both cores are known to be minimal. If not, the explanation ran out of what it may spend.</summary>
    public required bool IsMinimal { get; init; }

    /// <summary>
    /// The operation at whose return there was no order any more that explains all returns so far, though there was one
    /// just before: what was pending then counts as unknown. <see langword="null"/> if the explanation ran out of what it
    /// may spend before it knew. Not always <see cref="CheckResult.FirstNonLinearizable"/>, which depends on how the
    /// search went.
    /// </summary>
    public required Operation? Breaking { get; init; }

    /// <summary>What is wrong, in a sentence. It says nothing that was not verified on the history.</summary>
    public required string Sentence { get; init; }

    /// <summary>
    /// Different orders that explain everything that returned before <see cref="Breaking"/> did, as many as were asked
    /// for, one for each way in which the system may have been just then; always the same ones in the same order.
    /// </summary>
    public required IReadOnlyList<PartialLinearization> PartialLinearizations { get; init; }

    /// <summary>
    /// Which levels of consistency the history keeps to all the same, the strongest first: the k-stale one is judged on
    /// the part that is wrong, and all others on the whole history.
    /// </summary>
    public required IReadOnlyList<LevelResult> Ladder { get; init; }

    /// <summary>The strongest level that is known to hold; <see langword="null"/> if none is.</summary>
    public LevelResult? StrongestLevel => Ladder.FirstOrDefault(static level => level.Answer == LevelAnswer.Holds);

    /// <summary>How many configurations were explored; the same in every run that is not cut short by time.</summary>
    public required long StatesExplored { get; init; }

    /// <summary>Explains a violation. Pure, so safe to call from any number of threads.</summary>
    /// <param name="history">The history.</param>
    /// <param name="model">The model that it was judged by, as it was given to the checker.</param>
    /// <param name="result">What the checker found.</param>
    /// <param name="options">Limits and readings; <see cref="ExplainOptions.Default"/> when <see langword="null"/>.</param>
    /// <param name="ct">Gives the explanation up.</param>
    /// <exception cref="ArgumentException">The result is not <see cref="Verdict.NotLinearizable"/>, or not of this history.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static Explanation Of(History history, Model model, CheckResult result, ExplainOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(result);
        if (result.Verdict != Verdict.NotLinearizable) throw new ArgumentException("only a violation needs an explanation", nameof(result));
        options ??= ExplainOptions.Default;
        options.Validate();
        return new Explainer(history, model.For(history), result, options, ct).Explain();
    }
}
