namespace RaftCheck.Raft;

/// <summary>
/// The position of an entry in the log (§5.3). The first entry has index 1; 0 stands for "before the log".
/// </summary>
/// <param name="Value">The position, 0 or more.</param>
public readonly record struct LogIndex(long Value) : IComparable<LogIndex>
{
    /// <summary>The position before the first entry.</summary>
    public static LogIndex Zero => default;

    /// <summary>The position that follows this one.</summary>
    public LogIndex Next => new(Value + 1);

    /// <summary>The position before this one. <see cref="Zero"/> has none.</summary>
    public LogIndex Previous => new(Value - 1);

    /// <summary>The later of two positions.</summary>
    public static LogIndex Max(LogIndex left, LogIndex right) => left >= right ? left : right;

    /// <summary>The earlier of two positions.</summary>
    public static LogIndex Min(LogIndex left, LogIndex right) => left <= right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(LogIndex other) => Value.CompareTo(other.Value);

    /// <summary>The position <paramref name="count"/> entries after <paramref name="index"/>.</summary>
    public static LogIndex operator +(LogIndex index, long count) => new(index.Value + count);

    /// <summary>The position <paramref name="count"/> entries after <paramref name="index"/>.</summary>
    public static LogIndex Add(LogIndex index, long count) => index + count;

    /// <summary>Whether <paramref name="left"/> is the earlier position.</summary>
    public static bool operator <(LogIndex left, LogIndex right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is the later position.</summary>
    public static bool operator >(LogIndex left, LogIndex right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is not later than <paramref name="right"/>.</summary>
    public static bool operator <=(LogIndex left, LogIndex right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is not earlier than <paramref name="right"/>.</summary>
    public static bool operator >=(LogIndex left, LogIndex right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
