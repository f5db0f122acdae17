namespace RaftCheck.Raft;

/// <summary>
/// A term (§5.1): Raft's logical clock. Terms are consecutive integers; 0 is the term before any election.
/// </summary>
/// <param name="Value">The term's number, 0 or more.</param>
public readonly record struct Term(long Value) : IComparable<Term>
{
    /// <summary>The term of a server that has never seen an election.</summary>
    public static Term Zero => default;

    /// <summary>The term that follows this one.</summary>
    public Term Next => new(Value + 1);

    /// <inheritdoc/>
    public int CompareTo(Term other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> is the earlier term.</summary>
    public static bool operator <(Term left, Term right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is the later term.</summary>
    public static bool operator >(Term left, Term right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is not later than <paramref name="right"/>.</summary>
    public static bool operator <=(Term left, Term right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is not earlier than <paramref name="right"/>.</summary>
    public static bool operator >=(Term left, Term right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
