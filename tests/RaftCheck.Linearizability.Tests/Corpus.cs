namespace RaftCheck.Linearizability.Tests;

/// <summary>
/// Histories that other people's tools recorded. They are not part of this repository: the tests that need them are
/// skipped where they are absent. RAFTCHECK_CORPUS, or a folder shared/corpus beside or above the repository, has them.
/// </summary>
internal static class Corpus
{
    public static string? Folder { get; } = Find();

    /// <summary>The lines of verdicts.tsv: file, model, initial value, verdict.</summary>
    public static IEnumerable<string[]> Verdicts()
    {
        if (Folder is null) return [];
        return File.ReadLines(Path.Combine(Folder, "verdicts.tsv")).Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'));
    }

    public static RecordedHistory Read(string file) => HistoryReader.Read(Path.Combine(Folder!, file));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("RAFTCHECK_CORPUS") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string corpus = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(corpus)) return corpus;
        }

        return null;
    }
}
