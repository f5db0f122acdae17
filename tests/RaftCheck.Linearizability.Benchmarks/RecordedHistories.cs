namespace RaftCheck.Linearizability.Benchmarks;

/// <summary>
/// Histories that other people's tools recorded, if they are there: RAFTCHECK_CORPUS, or a folder shared/corpus beside or
/// above the repository.
/// </summary>
internal static class RecordedHistories
{
    private static readonly string? Folder = Find();

    /// <summary>How many of etcd's logs are there.</summary>
    public static int EtcdCount => Files("etcd-jepsen", "*.log").Length;

    /// <summary>etcd's logs.</summary>
    public static IReadOnlyList<(History History, Model Model)> Etcd =>
        [.. Files("etcd-jepsen", "*.log").Select(static file => (HistoryReader.Read(file).History, Models.Find("cas-register")))];

    /// <summary>The histories of registers that come with Knossos.</summary>
    public static IReadOnlyList<(History History, Model Model)> Knossos =>
        [.. Files("knossos/cas-register", "*.edn").Select(static file => (HistoryReader.Read(file).History, Models.Find("cas-register", "0")))];

    /// <summary>A history of a map.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isPartitioned">Whether to judge it key by key, and not as one object.</param>
    public static IReadOnlyList<(History History, Model Model)> Kv(string name, bool isPartitioned) =>
        [.. Files("kv", name + ".txt").Select(file => (HistoryReader.Read(file).History, isPartitioned ? Models.Find("kv") : OneMap.Instance))];

    private static string[] Files(string folder, string pattern) =>
        Folder is null ? [] : [.. Directory.GetFiles(Path.Combine(Folder, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

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
