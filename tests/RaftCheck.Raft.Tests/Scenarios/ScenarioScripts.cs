namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>
/// Runs each script of <c>Scripts/</c>, and compares what happens with what the script says, event by event. With
/// RAFTCHECK_REWRITE=1 in the environment the scripts are rewritten instead: commit only differences that you understand.
/// </summary>
public sealed class ScenarioScripts
{
    public static TheoryData<string> Names() => [.. ScriptNames()];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_script_describes_what_happens(string name)
    {
        var path = Path.Combine(Folder(), name + ".txt");
        var script = File.ReadAllText(path).ReplaceLineEndings("\n");
        var actual = Script.Run(script, new ScriptCluster().Execute);
        if (Environment.GetEnvironmentVariable("RAFTCHECK_REWRITE") == "1")
        {
            File.WriteAllText(path, actual);
        }
        else
        {
            Assert.Equal(script.TrimEnd('\n'), actual.TrimEnd('\n'), ignoreLineEndingDifferences: true);
        }
    }

    internal static IEnumerable<string> ScriptNames() =>
        Directory.EnumerateFiles(Folder(), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    /// <summary>The scripts in the source tree, where they can be rewritten. The build maps its paths, so the compiler can't tell where that is.</summary>
    internal static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RaftCheck.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("RaftCheck.sln is in no folder above the tests.");
        }

        return Path.Combine(folder.FullName, "tests", "RaftCheck.Raft.Tests", "Scenarios", "Scripts");
    }
}
