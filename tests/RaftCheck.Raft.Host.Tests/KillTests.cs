using System.Globalization;
using RaftCheck.Linearizability;
using Xunit.Abstractions;

namespace RaftCheck.Raft.Host.Tests;

/// <summary>
/// The Raft on a real directory, killed under load again and again (kill -9). The machine keeps what the process had
/// written, flushed or not: this is about the order of what is written, about recovery and about client sessions. Power
/// failures are the simulated disk's.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const string KillsVariable = "RAFTCHECK_KILLS";
    private const string SeedVariable = "RAFTCHECK_KILL_SEED";

    [Fact]
    public async Task Killed_at_a_hundred_random_moments_the_cluster_loses_nothing_applies_nothing_twice_and_stays_linearizable()
    {
        using var files = new TemporaryDirectory();
        var kills = Setting(KillsVariable, usual: 100);
        var run = new KillRun(Path.Combine(files.Path, "cluster"), kills, Setting(SeedVariable, usual: 1));
        await run.RunAsync();
        Assert.True(run.UnderLoad >= kills / 2, $"Only {run.UnderLoad} of {kills} kills met a cluster with a leader.");

        var lines = run.Lines.ConvertAll(Line.Parse);
        output.WriteLine($"{kills} kills, {run.UnderLoad} of them under load: {lines.Count} lines of history, {Appends.Acknowledged(lines)} acknowledged appends, "
            + $"{Count(lines, "sent again")} commands sent again, {Count(lines, "snapshot")} snapshots taken, {Count(lines, "install")} sent.");
        AssertNone(Appends.Judge(lines));
        AssertNone(LostSessions(lines));
        AssertThatSomethingHappened(lines, kills);
        AssertLinearizable(run.Lines, files);
    }

    /// <summary>A session that was opened is there for good: nobody's was idle for long, and there is room for all.</summary>
    private static IEnumerable<string> LostSessions(IEnumerable<Line> lines) =>
        lines.Where(line => line.F == "sent again" && line.Value!.EndsWith("SessionExpired", StringComparison.Ordinal))
            .Select(line => $"A command that was sent again found its session gone: {line.Value}");

    private static void AssertNone(IEnumerable<string> findings)
    {
        string[] all = [.. findings];
        Assert.True(all.Length == 0, $"{all.Length} findings, the first of them:{Environment.NewLine}{string.Join(Environment.NewLine, all.Take(10))}");
    }

    /// <summary>A run in which hardly anything happened proves nothing.</summary>
    private static void AssertThatSomethingHappened(List<Line> lines, int kills)
    {
        Assert.True(Appends.Acknowledged(lines) > 3 * kills, $"Only {Appends.Acknowledged(lines)} appends were acknowledged.");
        Assert.True(Count(lines, "snapshot") > kills, $"Only {Count(lines, "snapshot")} snapshots were taken.");
        Assert.True(Count(lines, "sent again") > kills, $"Only {Count(lines, "sent again")} commands were sent again.");
        Assert.True(Count(lines, "install") > 0, "No server was sent a snapshot.");
    }

    private static int Count(IEnumerable<Line> lines, string note) => lines.Count(line => line.Process == Line.Nemesis && line.F == note);

    /// <summary>The history over all incarnations: what was under way at a kill has no return, and so an unknown end.</summary>
    private static void AssertLinearizable(IEnumerable<string> lines, TemporaryDirectory files)
    {
        var path = Path.Combine(files.Path, "history.jsonl");
        File.WriteAllLines(path, lines.Prepend("""{"format":"raftcheck-history","version":1,"model":"kv"}"""));
        var result = LinearizabilityChecker.Check(
            HistoryReader.Read(path).History, Models.Find("kv"), new CheckOptions { Timeout = TimeSpan.FromSeconds(60), MemoryLimitBytes = 1 << 30 });
        if (result.Verdict != Verdict.Linearizable || result.LogOrder?.Verdict != LogOrderVerdict.Explains)
        {
            files.Keep();
            Assert.Fail($"{result.Verdict}: {result.Explanation} {result.LogOrder?.Explanation} The history is kept: {path}");
        }
    }

    private static int Setting(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;
}
