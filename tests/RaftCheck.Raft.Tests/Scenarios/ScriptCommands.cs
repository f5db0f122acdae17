namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>All commands of the scripts, by name. SCRIPTS.md says what each of them does.</summary>
internal static class ScriptCommands
{
    public static IReadOnlyDictionary<string, ScriptCommand> All { get; } = new Dictionary<string, ScriptCommand>(StringComparer.Ordinal)
    {
        ["options"] = new(1, ScriptSetUp.SetOptions),
        ["add-servers"] = new(1, (cluster, arguments) => cluster.Add(ScriptCluster.Number(arguments[0]), arguments.Contains("empty"))),
        ["given"] = new(2, ScriptSetUp.Given),
        ["log-level"] = new(1, ScriptSetUp.SetLogLevel),
        ["crash"] = new(1, (cluster, arguments) => cluster.Server(arguments[0]).Crash()),
        ["restart"] = new(1, (cluster, arguments) => cluster.Server(arguments[0]).Start()),
        ["hold-flushes"] = new(1, (cluster, arguments) => cluster.Server(arguments[0]).Disk.HoldFlushes = true),
        ["complete-flush"] = new(1, ScriptSetUp.CompleteFlush),
        ["release-flushes"] = new(1, (cluster, arguments) => cluster.Server(arguments[0]).ReleaseFlushes()),
        ["hold-applies"] = new(1, (cluster, arguments) => cluster.Server(arguments[0]).Store.Hold()),
        ["release-applies"] = new(1, (cluster, arguments) => cluster.Do(cluster.Server(arguments[0]).Store.Release)),

        ["campaign"] = new(1, (cluster, arguments) => cluster.Server(arguments[0]).ElapseToElection()),
        ["tick-heartbeat"] = new(1, (cluster, arguments) => cluster.Server(arguments[0]).Elapse(cluster.Options.HeartbeatInterval)),
        ["draw"] = new(2, (cluster, arguments) => cluster.Server(arguments[0]).Randomness.Drawn = TimeSpan.FromMilliseconds(ScriptCluster.Number(arguments[1]))),
        ["elapse"] = new(2, ScriptSetUp.Elapse),

        ["deliver"] = new(0, ScriptDeliveries.Deliver),
        ["deliver-one"] = new(0, (cluster, arguments) => cluster.Do(() => cluster.Network.DeliverNext(ScriptDeliveries.Filter(arguments)))),
        ["repeat"] = new(0, (cluster, arguments) => cluster.Do(() => cluster.Network.RepeatFirst(ScriptDeliveries.Filter(arguments)))),
        ["lose"] = new(0, (cluster, arguments) => cluster.Do(() => cluster.Network.Lose(ScriptDeliveries.Filter(arguments)))),
        ["stabilize"] = new(0, ScriptDeliveries.Stabilize),

        ["propose"] = new(2, ScriptOperations.Propose),
        ["register"] = new(1, ScriptOperations.Register),
        ["read"] = new(1, (cluster, arguments) => ScriptOperations.Read(cluster, arguments[0], ReadConsistency.ReadIndex)),
        ["read-lease"] = new(1, (cluster, arguments) => ScriptOperations.Read(cluster, arguments[0], ReadConsistency.Lease)),
        ["transfer"] = new(2, ScriptOperations.Transfer),
        ["snapshot"] = new(1, ScriptOperations.Snapshot),
        ["add-learner"] = new(2, (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.AddLearner(ScriptCluster.Id(arguments[1])))),
        ["add-voter"] = new(2, (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.AddVoter(ScriptCluster.Id(arguments[1])))),
        ["demote"] = new(2, (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.DemoteVoter(ScriptCluster.Id(arguments[1])))),
        ["remove"] = new(2, (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.Remove(ScriptCluster.Id(arguments[1])))),
        ["replace"] = new(2, ScriptOperations.Replace),
        ["leave-joint"] = new(1, (cluster, arguments) => ScriptOperations.Change(cluster, arguments[0], ConfigurationChange.LeaveJoint())),

        ["status"] = new(0, ScriptReports.Status),
        ["log"] = new(1, ScriptReports.Log),
        ["progress"] = new(1, ScriptReports.Progress),
        ["messages"] = new(0, ScriptReports.Messages),
        ["value"] = new(1, (cluster, arguments) => cluster.Print($"{cluster.Server(arguments[0]).Id} has \"{cluster.Server(arguments[0]).Store.Value}\"")),
    };
}

/// <summary>A command of the scripts.</summary>
/// <param name="Arguments">How many arguments it needs at the least.</param>
/// <param name="Run">Does it.</param>
internal sealed record ScriptCommand(int Arguments, Action<ScriptCluster, string[]> Run);
