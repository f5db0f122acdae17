namespace RaftCheck.Linearizability;

/// <summary>What a <see cref="HistoryPage"/> can show besides the history and the verdict. Immutable.</summary>
public sealed record HistoryPageExtras
{
    /// <summary>Nothing.</summary>
    public static HistoryPageExtras None { get; } = new();

    /// <summary>
    /// The operations of a smallest part of the history that is still not linearizable, in any order. When empty, the page
    /// highlights <see cref="CheckResult.Culprits"/> instead.
    /// </summary>
    public IReadOnlyList<Operation> Core { get; init; } = [];

    /// <summary>What is wrong, in a sentence; <see langword="null"/> for <see cref="CheckResult.Explanation"/>.</summary>
    public string? Sentence { get; init; }

    /// <summary>What the page is about, such as the file's name; <see langword="null"/> for no more than "a history".</summary>
    public string? Title { get; init; }

    /// <summary>The command that gives this verdict again; <see langword="null"/> when there is none.</summary>
    public string? Command { get; init; }

    /// <summary>Orders that explain as much as any order can, each with the state that it ends in.</summary>
    public IReadOnlyList<(IReadOnlyList<Operation> Operations, Value State)> Partials { get; init; } = [];
}
