using FsCheck;
using FsCheck.Fluent;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Generation;

/// <summary>
/// Draws scenarios. Settings are drawn to bring events together rather than to look like a data centre: timeouts are
/// short and close to each other, and everything is in whole milliseconds, so that activities often fall into one moment.
/// </summary>
internal static class ScenarioGenerator
{
    /// <summary>Each trouble is off more often than not, and strong enough to be felt when it is on.</summary>
    private static readonly Gen<NetworkConditions> Networks =
        from latencyMin in Gen.Choose(0, 2)
        from latencySpread in Gen.Elements(0, 1, 3, 10, 25)
        from loss in Gen.Elements(0, 0, 0, 20, 80, 150)
        from duplicates in Gen.Elements(0, 0, 30, 150)
        from stragglers in Gen.Elements(0, 0, 30, 120)
        from stragglerMs in Gen.Elements(50, 200, 600)
        from callTimeout in Gen.Elements(50, 300, 2_000)
        select new NetworkConditions(latencyMin, latencyMin + latencySpread, loss, duplicates, stragglers, stragglerMs, callTimeout);

    private static readonly Gen<DiskConditions> Disks = Gen.Elements(
        new DiskConditions(0, 0),
        new DiskConditions(0, 2),
        new DiskConditions(1, 8),
        new DiskConditions(3, 30));

    private static readonly Gen<ClientPolicy> Policies =
        from attempt in Gen.Elements(60, 120, 250)
        from attempts in Gen.Choose(4, 12)
        from retry in Gen.Elements(3, 10, 30)
        select new ClientPolicy(attempt, attempt * attempts, retry);

    /// <summary>
    /// The election timeout goes by what a round of messages and flushes takes: shorter, and nobody is ever elected (kept
    /// as a rare case); much longer, and a scenario is over before a second leader is. Timeouts that all are alike make
    /// elections collide.
    /// </summary>
    private static Gen<SystemSettings> Systems(NetworkConditions network, DiskConditions disk)
    {
        var roundMs = 20 + (2 * network.LatencyMaxMs) + (2 * disk.FlushMaxMs);
        return
            from percent in Gen.Frequency((1, Gen.Constant(60)), (6, Gen.Elements(100, 150)), (3, Gen.Constant(250)))
            let timeoutMin = Math.Max(30, roundMs * percent / 100)
            from spread in Gen.Frequency((1, Gen.Constant(0)), (9, Gen.Elements(timeoutMin / 4, timeoutMin / 2, timeoutMin, 2 * timeoutMin)))
            from heartbeatsPerTimeout in Gen.Choose(2, 4)
            from check in Gen.Elements(5, 10, 20)
            from maxEntries in Gen.Elements(1, 1, 2, 3, 64)
            select new SystemSettings(timeoutMin, timeoutMin + spread, timeoutMin / heartbeatsPerTimeout, check, maxEntries);
    }

    /// <summary>How long a scenario goes on, and how many operations it has: crashes and elections need some time to meet.</summary>
    private static readonly Gen<(int DurationMs, int Operations)> Extents = Gen.Elements((600, 8), (1_200, 12), (2_000, 20), (3_000, 30));

    /// <summary>The scenarios.</summary>
    public static Gen<Scenario> Scenarios { get; } =
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from servers in Gen.Frequency((14, Gen.Constant(3)), (4, Gen.Constant(5)), (1, Gen.Constant(4)), (1, Gen.Constant(2)))
        from extent in Extents
        from network in Networks
        from disk in Disks
        from settings in Systems(network, disk)
        from system in FeatureGenerator.WithFeatures(settings, servers, extent.DurationMs)
        from policy in Policies
        from clients in Clients(extent.DurationMs, extent.Operations)
        from faults in FaultGenerator.Faults(servers, extent.DurationMs)
        from operators in OperatorGenerator.Operators(servers, extent.DurationMs)
        select new Scenario
        {
            Seed = seed,
            Servers = servers,

            // After the last fault there is time for an election, and for the clients to end what they began.
            DurationMs = extent.DurationMs + 1_500,
            System = system,
            Network = network,
            Disk = disk,
            ClientPolicy = policy,
            Clients = clients,
            Faults = faults,
            Operators = operators,
        };

    private static Gen<ClientPlan[]> Clients(int durationMs, int operations) =>
        from clientCount in Gen.Choose(1, 4)
        from keyCount in Gen.Choose(1, 3)
        from clients in Gen.CollectToArray(
            Enumerable.Range(0, clientCount),
            client => Client(client, keyCount, Math.Max(1, operations / clientCount), durationMs))
        select clients;

    /// <summary>The operations of a client are spread over the scenario's time, so that every fault finds some under way.</summary>
    private static Gen<ClientPlan> Client(int client, int keyCount, int count, int durationMs) =>
        from operations in Gen.CollectToArray(Enumerable.Range(0, count), number => Operation(client, number, keyCount, 2 * durationMs / count))
        select new ClientPlan(operations);

    private static Gen<OperationPlan> Operation(int client, int number, int keyCount, int afterMaxMs) =>
        from after in Gen.Choose(0, afterMaxMs)
        from key in Gen.Choose(0, keyCount - 1)
        from f in Gen.Frequency((5, Gen.Constant("get")), (4, Gen.Constant("put")), (4, Gen.Constant("append")), (2, Gen.Constant("cas")), (1, Gen.Constant("delete")))
        from expectedClient in Gen.Choose(0, 3)
        from expectedNumber in Gen.Choose(0, Math.Max(0, number))
        select new OperationPlan(
            after,
            f,
            ((char)('x' + key)).ToString(),
            f is "get" or "delete" ? "" : $"{client}.{number}",
            f == "cas" ? $"{expectedClient}.{expectedNumber}" : "");
}
