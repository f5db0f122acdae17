namespace RaftCheck.Linearizability;

/// <summary>
/// How much a passing history would have told, had something been wrong: its replies are changed one at a time, and each
/// time the checker is asked again. Immutable.
/// </summary>
/// <param name="Replies">How many replies were changed.</param>
/// <param name="Refused">Of how many the checker then said that the history is not linearizable.</param>
/// <param name="RefusedByLog">Of how many others it said that the order of the log contradicts the history.</param>
public sealed record VacuityScore(long Replies, long Refused, long RefusedByLog)
{
    /// <summary>Nothing was changed yet.</summary>
    public static VacuityScore None { get; } = new(0, 0, 0);

    /// <summary>The share of changed histories that were refused, from 0 to 1; 0 if none was changed.</summary>
    public double RefusedShare => Replies == 0 ? 0 : (double)Refused / Replies;

    /// <summary>The same, those refused by the order of the log included.</summary>
    public double RefusedShareWithLog => Replies == 0 ? 0 : (double)(Refused + RefusedByLog) / Replies;

    /// <summary>Both together.</summary>
    public VacuityScore Plus(VacuityScore other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Replies + other.Replies, Refused + other.Refused, RefusedByLog + other.RefusedByLog);
    }
}
