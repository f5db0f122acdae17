namespace RaftCheck.Linearizability;

/// <summary>What a file says of the history as a whole.</summary>
internal sealed record HistoryHeader
{
    /// <summary>The name of our format.</summary>
    public const string FormatName = "raftcheck-history";

    /// <summary>The newest version that can be read, and the one that is written.</summary>
    public const int Version = 1;

    /// <summary>The model to judge the history by.</summary>
    public string? Model { get; init; }

    /// <summary>What a read that returned nil says; <see langword="null"/> for what it says in that format.</summary>
    public NilRead? NilReads { get; init; }

    /// <summary>Whether values are EDN, as strings. In JSON only.</summary>
    public bool ValuesAreEdn { get; init; }

    /// <summary>Whether the times of the lines may run backward. In JSON only: elsewhere they always may.</summary>
    public bool TimesAreUnordered { get; init; }
}
