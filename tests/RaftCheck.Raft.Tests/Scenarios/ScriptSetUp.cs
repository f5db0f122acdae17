namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>The commands that set the scene: settings, storages, disks, and the passing of time.</summary>
internal static class ScriptSetUp
{
    public static void SetOptions(ScriptCluster cluster, string[] arguments)
    {
        foreach (var argument in arguments)
        {
            var at = argument.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = at < 0 ? (argument, "on") : (argument[..at], argument[(at + 1)..]);
            cluster.Options = WithOption(cluster.Options, name, value);
        }
    }

    private static RaftOptions WithOption(RaftOptions options, string name, string value) => name switch
    {
        "pre-vote" => options with { PreVote = value == "on" },
        "check-quorum" => options with { CheckQuorum = value == "on" },
        "max-entries" => options with { MaxEntriesPerAppend = ScriptCluster.Number(value) },
        "max-in-flight" => options with { MaxInFlightAppends = ScriptCluster.Number(value) },
        "max-uncommitted" => options with { MaxUncommittedEntries = ScriptCluster.Number(value) },
        "snapshot-entries" => options with { SnapshotEntries = ScriptCluster.Number(value) },
        "trailing" => options with { SnapshotTrailingEntries = ScriptCluster.Number(value) },
        "chunk" => options with { SnapshotChunkBytes = ScriptCluster.Number(value) },
        _ => throw new ArgumentException($"There is no option {name}.", nameof(name)),
    };

    public static void SetLogLevel(ScriptCluster cluster, string[] arguments) => cluster.IsQuiet = arguments[0] switch
    {
        "none" => true,
        "all" => false,
        _ => throw new ArgumentException($"The log level is none or all, not {arguments[0]}.", nameof(arguments)),
    };

    /// <summary>The server starts anew, from a storage that holds what the script says.</summary>
    public static void Given(ScriptCluster cluster, string[] arguments)
    {
        var term = ScriptCluster.Number(ScriptCluster.Named(arguments, "term") ?? throw new ArgumentException("The term is missing.", nameof(arguments)));
        var terms = (ScriptCluster.Named(arguments, "log") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(each => (long)ScriptCluster.Number(each));
        var vote = ScriptCluster.Named(arguments, "vote");
        cluster.Server(arguments[0]).StartFrom(term, vote is null ? null : ScriptCluster.Id(vote), [.. terms]);
    }

    public static void CompleteFlush(ScriptCluster cluster, string[] arguments)
    {
        var disk = cluster.Server(arguments[0]).Disk;
        if (disk.HeldFlushes == 0)
        {
            throw new ArgumentException($"No flush of {arguments[0]} is held.", nameof(arguments));
        }

        disk.CompleteFlush(cluster.Thread, arguments.Contains("failing") ? new IOException("The disk is full.") : null);
    }

    public static void Elapse(ScriptCluster cluster, string[] arguments)
    {
        var duration = TimeSpan.FromMilliseconds(ScriptCluster.Number(arguments[1]));
        foreach (var server in arguments[0] == "all" ? cluster.Servers : [cluster.Server(arguments[0])])
        {
            server.Elapse(duration);
        }
    }
}
