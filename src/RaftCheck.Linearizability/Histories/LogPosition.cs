namespace RaftCheck.Linearizability;

/// <summary>
/// Where in a replicated log an operation took effect: the entry that a write was, or the last entry that a read saw.
/// Ordered by index, and by term where the indices are equal.
/// </summary>
/// <param name="Term">The term of the entry, from 0.</param>
/// <param name="Index">The index of the entry, from 0.</param>
public readonly record struct LogPosition(long Term, long Index) : IComparable<LogPosition>
{
    /// <summary>Whether one position is before another.</summary>
    public static bool operator <(LogPosition left, LogPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether one position is behind another.</summary>
    public static bool operator >(LogPosition left, LogPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether one position is another or before it.</summary>
    public static bool operator <=(LogPosition left, LogPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one position is another or behind it.</summary>
    public static bool operator >=(LogPosition left, LogPosition right) => left.CompareTo(right) >= 0;

    /// <summary>By index, then by term.</summary>
    public int CompareTo(LogPosition other) => Index != other.Index ? Index.CompareTo(other.Index) : Term.CompareTo(other.Term);
}
