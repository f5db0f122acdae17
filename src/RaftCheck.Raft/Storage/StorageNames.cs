using System.Globalization;

namespace RaftCheck.Raft.Storage;

/// <summary>The names of a server's files. Names of another form belong to somebody else, and are left alone.</summary>
internal static class StorageNames
{
    public const string Manifest = "manifest";

    /// <summary>The one file of format 1.</summary>
    public const string FormerLog = "raft.wal";

    private const string SegmentPrefix = "wal-";
    private const string SnapshotPrefix = "snapshot-";
    private const string TemporarySuffix = ".tmp";

    /// <summary>A segment of the write-ahead log.</summary>
    /// <param name="number">1 for the first that the server ever had.</param>
    public static string Segment(long number) => string.Create(CultureInfo.InvariantCulture, $"{SegmentPrefix}{number:D19}");

    public static string Snapshot(LogIndex lastIncludedIndex, Term lastIncludedTerm) =>
        string.Create(CultureInfo.InvariantCulture, $"{SnapshotPrefix}{lastIncludedIndex.Value:D19}-{lastIncludedTerm.Value:D19}");

    /// <summary>The name of a file that is not complete yet. One of that name is a leftover when the storage is opened.</summary>
    public static string Temporary(string name) => name + TemporarySuffix;

    public static bool IsTemporary(string name) =>
        name.EndsWith(TemporarySuffix, StringComparison.Ordinal)
        && (name.StartsWith(SnapshotPrefix, StringComparison.Ordinal) || name == Temporary(Manifest));

    public static bool IsSnapshot(string name) => name.StartsWith(SnapshotPrefix, StringComparison.Ordinal) && !IsTemporary(name);

    /// <summary>The numbers of the segments among some files, in order.</summary>
    public static List<long> SegmentNumbers(IEnumerable<string> names)
    {
        var numbers = new List<long>();
        foreach (var name in names)
        {
            if (name.StartsWith(SegmentPrefix, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(SegmentPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && name == Segment(number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }
}
