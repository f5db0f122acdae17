using System.Diagnostics;
using System.Globalization;

namespace RaftCheck.Raft.Host.Tests;

/// <summary>
/// One host after another on the same directory, each killed at a random moment, until the last one, which ends by itself.
/// What was under way at a kill is sent again to the next, as clients do that outlive the servers.
/// </summary>
internal sealed class KillRun(string directory, int kills, int seed)
{
    private static readonly TimeSpan LeaderLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(40);

    private readonly Random random = new(seed);
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>The lines of all incarnations, one after another.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The kills that met a cluster with a leader.</summary>
    public int UnderLoad { get; private set; }

    /// <summary>Two seconds for each kill, and a minute: several times what it takes.</summary>
    private TimeSpan Limit => TimeSpan.FromSeconds(60 + (2 * kills));

    public async Task RunAsync()
    {
        IReadOnlyList<string> unfinished = [];
        for (var incarnation = 0; incarnation < kills; incarnation++)
        {
            Assert.True(clock.Elapsed < Limit, $"The time limit of {Limit.TotalSeconds} s is over after {incarnation} of {kills} kills: the machine is too slow, or the cluster does not get going again.");
            using var host = Start(incarnation, unfinished);
            await AwaitMomentAsync(host, incarnation);
            Assert.False(host.HasExited, $"Incarnation {incarnation} was to be killed, but {host.State}");
            await host.KillAsync();
            Lines.AddRange(host.Lines);
            unfinished = LastCalls(host.Lines);
        }

        using var last = Start(kills, unfinished);
        Assert.True(await last.IsReadyAsync(LeaderLimit), $"The last incarnation has no leader; {last.State}.");
        await Task.Delay(500);
        Assert.True(await last.EndAsync(EndLimit), $"The last incarnation did not end within {EndLimit.TotalSeconds} s.");
        Assert.True(last.ExitCode == 0, $"The last incarnation should have ended well, but {last.State}.");
        Lines.AddRange(last.Lines);
    }

    private HostProcess Start(int incarnation, IReadOnlyList<string> sendAgain)
    {
        var file = directory + "-again.jsonl";
        File.WriteAllLines(file, sendAgain);
        return new HostProcess(directory, "--incarnation", Text(incarnation), "--seed", Text(seed), "--resend", file);
    }

    /// <summary>Mostly at any moment under load; one time in five at any moment of the start, the election or the recovery.</summary>
    private async Task AwaitMomentAsync(HostProcess host, int incarnation)
    {
        if (random.Next(5) == 0)
        {
            await Task.Delay(random.Next(50, 500));
            return;
        }

        Assert.True(
            await host.IsReadyAsync(LeaderLimit),
            $"Incarnation {incarnation} has no leader; {host.State}.");
        UnderLoad++;
        await Task.Delay(random.Next(350));
    }

    /// <summary>
    /// Each process's last call that changes something. Some were answered, and some not: a client whose answer was lost
    /// would not know either.
    /// </summary>
    private static List<string> LastCalls(IReadOnlyList<string> lines)
    {
        var last = new SortedDictionary<long, string>();
        foreach (var line in lines)
        {
            if (Line.Parse(line) is { Type: "invoke" } call)
            {
                last[call.Process] = line;
            }
        }

        return [.. last.Values.Where(line => Line.Parse(line).F != "get")];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
