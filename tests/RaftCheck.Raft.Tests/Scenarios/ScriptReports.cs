using System.Runtime.CompilerServices;
using RaftCheck.Raft.Node;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>The commands that print a state.</summary>
internal static class ScriptReports
{
    public static void Status(ScriptCluster cluster, string[] arguments)
    {
        foreach (var server in arguments.Length == 0 ? cluster.Servers : arguments.Select(cluster.Server))
        {
            cluster.Print(server.Node?.GetStatus() is { } s
                ? $"{s.Id} {ScriptObserver.Words(s.Role.ToString())} term={s.CurrentTerm} vote={s.VotedFor?.ToString() ?? "none"} leader={s.LeaderHint?.ToString() ?? "none"} log={s.FirstLogIndex}..{s.LastLogIndex}/{s.LastLogTerm} commit={s.CommitIndex} applied={s.LastApplied} {s.Configuration}"
                : $"{server.Id} is down");
        }
    }

    public static void Log(ScriptCluster cluster, string[] arguments)
    {
        var log = cluster.Server(arguments[0]).Log;
        foreach (var entry in log)
        {
            cluster.Print(MessageText.Describe(entry));
        }

        if (log.Count == 0)
        {
            cluster.Print("empty");
        }
    }

    /// <summary>What a leader knows of each other server.</summary>
    public static void Progress(ScriptCluster cluster, string[] arguments)
    {
        var followers = ProgressOf(cluster.Node(arguments[0]));
        foreach (var each in followers)
        {
            var waiting = each.ProbeInFlight ? " probing" : each.InFlight > 0 ? $" in-flight={each.InFlight}" : "";
            cluster.Print($"{each.Peer} {ScriptObserver.Words(each.Mode.ToString())} match={each.MatchIndex} next={each.NextIndex} commit={each.KnownCommitIndex}{waiting}");
        }

        if (followers.Length == 0)
        {
            cluster.Print("it leads nobody");
        }
    }

    public static void Messages(ScriptCluster cluster, string[] arguments)
    {
        var fits = ScriptDeliveries.Filter(arguments);
        foreach (var message in cluster.Network.UnderWay.Where(message => fits(message)))
        {
            cluster.Print($"{message.From} -> {message.To} {message.Text}");
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "progress")]
    private static extern ref Progress[] ProgressOf(RaftNode node);
}
