namespace RaftCheck.Raft.Tests.Documentation;

/// <summary><c>docs/RAFT.md</c>, and the tree that it speaks of.</summary>
internal static class RaftDocument
{
    /// <summary>The columns that say what others have.</summary>
    public static readonly string[] References = ["dissertation", "etcd", "hashicorp", "openraft", "dragonboat", "LogCabin", "DotNext"];

    public static string Root { get; } = FindRoot();

    public static string[] Lines { get; } = File.ReadAllLines(Path.Combine(Root, "docs", "RAFT.md"));

    /// <summary>The lines below a heading, up to the next one.</summary>
    public static IEnumerable<string> Section(string heading) =>
        Lines.SkipWhile(line => line.TrimStart('#', ' ') != heading).Skip(1).TakeWhile(line => !line.StartsWith('#'));

    /// <summary>The rows of all tables that compare, by their columns' names.</summary>
    public static IEnumerable<Dictionary<string, string>> Comparison() => Tables(Lines).Where(row => row.ContainsKey(References[0]));

    /// <summary>The cells of each row of the tables among some lines, without their heads.</summary>
    public static IEnumerable<string[]> Rows(IEnumerable<string> lines) => Tables(lines).Select(row => row.Values.ToArray());

    /// <summary>What stands between back-ticks.</summary>
    public static IEnumerable<string> Names(string text) => text.Split('`').Where((_, i) => i % 2 == 1);

    private static IEnumerable<Dictionary<string, string>> Tables(IEnumerable<string> lines)
    {
        string[]? head = null;
        foreach (var line in lines)
        {
            if (!line.StartsWith('|'))
            {
                head = null;
            }
            else if (head is null)
            {
                head = Cells(line);
            }
            else if (!line.StartsWith("|---", StringComparison.Ordinal))
            {
                yield return head.Zip(Cells(line)).ToDictionary(pair => pair.First, pair => pair.Second);
            }
        }
    }

    private static string[] Cells(string line) => [.. line.Split('|')[1..^1].Select(cell => cell.Trim())];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "RAFT.md")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
