using RaftCheck.Raft.KeyValue;

namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>The commands of clients and operators.</summary>
internal static class ScriptOperations
{
    /// <summary>The value is appended to what the store has: so its value shows what was applied, in order, and how often.</summary>
    public static void Propose(ScriptCluster cluster, string[] arguments)
    {
        var node = cluster.Node(arguments[0]);
        var value = arguments[1];
        var command = ScriptStore.Append(value);
        var client = ScriptCluster.Named(arguments, "client")?.Split('.').Select(ScriptCluster.Number).ToArray();
        cluster.Await($"propose {value}", () => node.ProposeAsync(command, client is null ? null : new ClientSequence(client[0], client[1])), Describe);
    }

    public static void Register(ScriptCluster cluster, string[] arguments)
    {
        var node = cluster.Node(arguments[0]);
        cluster.Await("register", node.RegisterClientAsync, result => result.Outcome == ProposeOutcome.Applied ? $"session {result.Index}" : Describe(result));
    }

    public static void Read(ScriptCluster cluster, string name, ReadConsistency consistency)
    {
        var server = cluster.Server(name);
        var node = cluster.Node(name);
        cluster.Await(
            $"read at {server.Id}",
            () => node.ReadIndexAsync(consistency),
            result => result.Outcome == ReadOutcome.Ok ? $"\"{server.Store.Value}\", as of {result.ReadIndex} at the least" : result.Outcome + Hint(result.LeaderHint));
    }

    public static void Transfer(ScriptCluster cluster, string[] arguments)
    {
        var node = cluster.Node(arguments[0]);
        var target = ScriptCluster.Id(arguments[1]);
        cluster.Await($"transfer to {target}", () => node.TransferLeadershipAsync(target), result => result.ToString());
    }

    public static void Snapshot(ScriptCluster cluster, string[] arguments)
    {
        var node = cluster.Node(arguments[0]);
        cluster.Await("snapshot", node.TakeSnapshotAsync, snapshot => snapshot is null ? "none" : $"up to {snapshot.LastIncludedIndex}");
    }

    public static void Replace(ScriptCluster cluster, string[] arguments) => Change(
        cluster,
        arguments[0],
        ConfigurationChange.Replace(
            Members(arguments, "voters"), Members(arguments, "learners"), autoLeave: !arguments.Contains("explicit")));

    public static void Change(ScriptCluster cluster, string name, ConfigurationChange change)
    {
        var node = cluster.Node(name);
        cluster.Await(
            change.ToString(),
            () => node.ChangeConfigurationAsync(change),
            result => result.Outcome switch
            {
                ChangeOutcome.Committed => $"committed, {result.Configuration}",
                ChangeOutcome.Refused => $"refused. {result.Reason}",
                _ => result.Outcome + Hint(result.LeaderHint),
            });
    }

    private static IEnumerable<NodeId> Members(string[] arguments, string name) =>
        (ScriptCluster.Named(arguments, name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ScriptCluster.Id);

    private static string Describe(ProposeResult result) => result.Outcome switch
    {
        ProposeOutcome.Applied => $"applied at {KeyValueResult.Decode(result.Result.Span).Index}",
        _ => result.Outcome + Hint(result.LeaderHint),
    };

    private static string Hint(NodeId? leader) => leader is null ? "" : $", leader {leader}";
}
