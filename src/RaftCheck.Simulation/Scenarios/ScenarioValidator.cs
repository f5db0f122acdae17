namespace RaftCheck.Simulation.Scenarios;

/// <summary>Says whether a scenario can be run.</summary>
public static class ScenarioValidator
{
    private static readonly string[] Functions = ["get", "put", "append", "cas", "delete"];

    /// <summary>The first thing that is wrong with a scenario, in one sentence, or null.</summary>
    /// <param name="scenario">The scenario.</param>
    public static string? FindProblem(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var system = scenario.System;
        var network = scenario.Network;
        return
            FindNull("clients", scenario.Clients)
            ?? FindNull("faults", scenario.Faults)
            ?? FindNull("operators", scenario.Operators)
            ?? scenario.Clients.Select((client, c) => FindNull($"clients[{c}].operations", client.Operations)).FirstOrDefault(problem => problem is not null)
            ?? OutOfRange("servers", scenario.Servers, 1, 9)
            ?? OutOfRange("durationMs", scenario.DurationMs, 1, 600_000)
            ?? OutOfRange("system.heartbeatMs", system.HeartbeatMs, 1, 60_000)
            ?? OutOfRange("system.electionCheckMs", system.ElectionCheckMs, 1, 60_000)
            ?? OutOfRange("system.electionTimeoutMinMs", system.ElectionTimeoutMinMs, system.HeartbeatMs + 1, 600_000)
            ?? OutOfRange("system.electionTimeoutMaxMs", system.ElectionTimeoutMaxMs, system.ElectionTimeoutMinMs, 600_000)
            ?? OutOfRange("system.maxEntriesPerAppend", system.MaxEntriesPerAppend, 1, 10_000)
            ?? FindProblem(system, scenario.Servers)
            ?? OutOfRange("network.latencyMinMs", network.LatencyMinMs, 0, 60_000)
            ?? OutOfRange("network.latencyMaxMs", network.LatencyMaxMs, network.LatencyMinMs, 60_000)
            ?? OutOfRange("network.lossPerMille", network.LossPerMille, 0, 1_000)
            ?? OutOfRange("network.duplicatePerMille", network.DuplicatePerMille, 0, 1_000)
            ?? OutOfRange("network.stragglerPerMille", network.StragglerPerMille, 0, 1_000)
            ?? OutOfRange("network.stragglerMs", network.StragglerMs, 0, 60_000)
            ?? OutOfRange("network.callTimeoutMs", network.CallTimeoutMs, 1, 60_000)
            ?? OutOfRange("disk.flushMinMs", scenario.Disk.FlushMinMs, 0, 60_000)
            ?? OutOfRange("disk.flushMaxMs", scenario.Disk.FlushMaxMs, scenario.Disk.FlushMinMs, 60_000)
            ?? OutOfRange("clientPolicy.attemptTimeoutMs", scenario.ClientPolicy.AttemptTimeoutMs, 1, 600_000)
            ?? OutOfRange("clientPolicy.operationTimeoutMs", scenario.ClientPolicy.OperationTimeoutMs, 1, 600_000)
            ?? OutOfRange("clientPolicy.retryDelayMs", scenario.ClientPolicy.RetryDelayMs, 1, 60_000)
            ?? scenario.Clients.SelectMany((client, c) => client.Operations.Select((operation, o) => FindProblem(operation, $"clients[{c}].operations[{o}]"))).FirstOrDefault(problem => problem is not null)
            ?? scenario.Operators.Select((action, i) => FindProblem(action, $"operators[{i}]", scenario.Servers)).FirstOrDefault(problem => problem is not null)
            ?? scenario.Faults.Select((fault, i) => FindProblem(fault, $"faults[{i}]", scenario.Servers)).FirstOrDefault(problem => problem is not null);
    }

    private static string? FindProblem(SystemSettings system, int servers) =>
        OutOfRange("system.spares", system.Spares, 0, servers - 1)
        ?? OutOfRange("system.lowPriority", system.LowPriority, 0, (1 << servers) - 1)
        ?? OutOfRange("system.snapshotEntries", system.SnapshotEntries, 0, 1_000_000)
        ?? OutOfRange("system.snapshotTrailingEntries", system.SnapshotTrailingEntries, 0, 1_000_000)
        ?? OutOfRange("system.snapshotChunkBytes", system.SnapshotChunkBytes, 1, 1 << 24)
        ?? OutOfRange("system.maxInFlightAppends", system.MaxInFlightAppends, 1, 10_000)
        ?? OutOfRange("system.maxUncommittedEntries", system.MaxUncommittedEntries, 1, 1_000_000)
        ?? OutOfRange("system.maxSessions", system.MaxSessions, 1, 1_000_000)
        ?? OutOfRange("system.sessionTimeoutMs", system.SessionTimeoutMs, 1, int.MaxValue)
        ?? OutOfRange("system.walSegmentBytes", system.WalSegmentBytes, 1, 1 << 30)
        ?? OutOfRange("system.transferTimeoutMs", system.TransferTimeoutMs, 1, 600_000)
        ?? (Enum.IsDefined(system.Reads) ? null : "system.reads is unknown.");

    private static string? FindProblem(OperatorAction action, string path, int servers) =>
        OutOfRange(path + ".atMs", action.AtMs, 0, 600_000)
        ?? OutOfRange(path + ".target", action.Target, 0, servers - 1)
        ?? OutOfRange(path + ".group", action.Group, action.Kind == OperatorKind.ReplaceVoters ? 1 : 0, (1 << servers) - 1)
        ?? (Enum.IsDefined(action.Kind) ? null : $"{path}.kind is unknown.");

    private static string? FindProblem(OperationPlan operation, string path) =>
        OutOfRange(path + ".afterMs", operation.AfterMs, 0, 600_000)
        ?? (Functions.Contains(operation.F) ? null : $"{path}.f is \"{operation.F}\"; it must be one of {string.Join(", ", Functions)}.");

    private static string? FindProblem(Fault fault, string path, int servers) =>
        OutOfRange(path + ".atMs", fault.AtMs, 0, 600_000)
        ?? OutOfRange(path + ".forMs", fault.ForMs, 1, 600_000)
        ?? OutOfRange(path + ".target", fault.Target, Fault.LeaderTarget, servers - 1)
        ?? OutOfRange(path + ".group", fault.Group, 0, (1 << servers) - 1)
        ?? OutOfRange(path + ".lagMs", fault.LagMs, 0, fault.After == FaultTrigger.None ? 0 : 60_000)
        ?? (Enum.IsDefined(fault.After) ? null : $"{path}.after is unknown.")
        ?? (Enum.IsDefined(fault.Kind) ? null : $"{path}.kind is unknown.");

    /// <summary>A file may hold a null where the type says that there is none.</summary>
    private static string? FindNull<T>(string name, IReadOnlyList<T?> list)
        where T : class
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null)
            {
                return $"{name}[{i}] is null.";
            }
        }

        return null;
    }

    private static string? OutOfRange(string name, int value, int from, int to) =>
        value >= from && value <= to ? null : $"{name} is {value}; it must be {from} to {to}.";
}
