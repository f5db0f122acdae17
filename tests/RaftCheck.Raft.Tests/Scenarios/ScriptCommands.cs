namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>All commands of the scripts, by name. SCRIPTS.md says what each of them does.</summary>
internal static class ScriptCommands
{
    public static IReadOnlyDictionary<string, Action<ScriptCluster, string[]>> All { get; } = new Dictionary<string, Action<ScriptCluster, string[]>>(StringComparer.Ordinal)
    {
        ["options"] = ScriptSetUp.SetOptions,
        ["add-servers"] = (cluster, arguments) => cluster.Add(ScriptCluster.Number(arguments[0]), arguments.Contains("empty")),
        ["given"] = ScriptSetUp.Given,
        ["log-level"] = ScriptSetUp.SetLogLevel,
        ["crash"] = (cluster, arguments) => cluster.Server(arguments[0]).Crash(),
        ["restart"] = (cluster, arguments) => cluster.Server(arguments[0]).Start(),
        ["hold-flushes"] = (cluster, arguments) => cluster.Server(arguments[0]).Disk.HoldFlushes = true,
        ["complete-flush"] = ScriptSetUp.CompleteFlush,
        ["release-flushes"] = (cluster, arguments) => cluster.Server(arguments[0]).ReleaseFlushes(),
        ["hold-applies"] = (cluster, arguments) => cluster.Server(arguments[0]).Store.Hold(),
        ["release-applies"] = (cluster, arguments) => cluster.Do(cluster.Server(arguments[0]).Store.Release),

        ["campaign"] = (cluster, arguments) => cluster.Server(arguments[0]).ElapseToElection(),
        ["tick-heartbeat"] = (cluster, arguments) => cluster.Server(arguments[0]).Elapse(cluster.Options.HeartbeatInterval),
        ["elapse"] = ScriptSetUp.Elapse,

        ["deliver"] = ScriptDeliveries.Deliver,
        ["deliver-one"] = (cluster, arguments) => cluster.Do(() => cluster.Network.DeliverNext(ScriptDeliveries.Filter(arguments))),
        ["repeat"] = (cluster, arguments) => cluster.Do(() => cluster.Network.RepeatFirst(ScriptDeliveries.Filter(arguments))),
        ["lose"] = (cluster, arguments) => cluster.Do(() => cluster.Network.Lose(ScriptDeliveries.Filter(arguments))),
        ["stabilize"] = ScriptDeliveries.Stabilize,

        ["propose"] = ScriptOperations.Propose,
        ["register"] = ScriptOperations.Register,
        ["read"] = (cluster, arguments) => ScriptOperations.Read(cluster, arguments[0], ReadConsistency.ReadIndex),
        ["read-lease"] = (cluster, arguments) => ScriptOperations.Read(cluster, arguments[0], ReadConsistency.Lease),
        ["transfer"] = ScriptOperations.Transfer,
        ["snapshot"] = ScriptOperations.Snapshot,
        ["add-learner"] = (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.AddLearner(ScriptCluster.Id(arguments[1]))),
        ["add-voter"] = (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.AddVoter(ScriptCluster.Id(arguments[1]))),
        ["demote"] = (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.DemoteVoter(ScriptCluster.Id(arguments[1]))),
        ["remove"] = (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.Remove(ScriptCluster.Id(arguments[1]))),
        ["replace"] = ScriptOperations.Replace,
        ["leave-joint"] = (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.LeaveJoint()),

        ["status"] = ScriptReports.Status,
        ["log"] = ScriptReports.Log,
        ["progress"] = ScriptReports.Progress,
        ["messages"] = ScriptReports.Messages,
        ["value"] = (cluster, arguments) => cluster.Print($"{cluster.Server(arguments[0]).Id} has \"{cluster.Server(arguments[0]).Store.Value}\""),
    };
}
