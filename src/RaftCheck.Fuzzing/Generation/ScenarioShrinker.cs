using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Generation;

/// <summary>
/// Makes a scenario smaller, the big steps first: fewer faults, fewer clients and operations, fewer servers, a calmer
/// network and disk, less time. Every scenario that it gives is smaller by some measure that can't shrink for ever.
/// </summary>
internal static class ScenarioShrinker
{
    private static readonly NetworkConditions CalmNetwork = new(1, 1, 0, 0, 0, 0, 300);

    /// <summary>The scenarios that are one step smaller.</summary>
    public static IEnumerable<Scenario> Shrink(Scenario scenario) =>
        Faults(scenario)
            .Concat(Without(scenario.Operators).Select(operators => scenario with { Operators = operators }))
            .Concat(Features(scenario))
            .Concat(Clients(scenario))
            .Concat(Servers(scenario))
            .Concat(Conditions(scenario))
            .Concat(Numbers(scenario))
            .Where(smaller => ScenarioValidator.FindProblem(smaller) is null);

    private static IEnumerable<Scenario> Faults(Scenario scenario) =>
        Without(scenario.Faults).Select(faults => scenario with { Faults = faults });

    private static IEnumerable<Scenario> Clients(Scenario scenario)
    {
        foreach (var clients in Without(scenario.Clients))
        {
            yield return scenario with { Clients = clients };
        }

        for (var i = 0; i < scenario.Clients.Count; i++)
        {
            foreach (var operations in Without(scenario.Clients[i].Operations))
            {
                yield return scenario with { Clients = Replace(scenario.Clients, i, new ClientPlan(operations)) };
            }
        }
    }

    private static IEnumerable<Scenario> Servers(Scenario scenario)
    {
        foreach (var servers in new[] { 3, scenario.Servers - 1 }.Distinct().Where(servers => servers >= 1 && servers < scenario.Servers))
        {
            yield return scenario with
            {
                Servers = servers,
                Faults = [.. scenario.Faults.Select(fault => fault with
                {
                    Target = Math.Min(fault.Target, servers - 1),
                    Group = fault.Group & ((1 << servers) - 1),
                })],
                System = scenario.System with
                {
                    Spares = Math.Min(scenario.System.Spares, servers - 1),
                    LowPriority = scenario.System.LowPriority & ((1 << servers) - 1),
                },
                Operators = [.. scenario.Operators.Select(action => action with
                {
                    Target = Math.Min(action.Target, servers - 1),
                    Group = action.Group & ((1 << servers) - 1),
                })],
            };
        }
    }

    /// <summary>Each feature switched off, or its limit lifted: all that were switched on must have had a part in it.</summary>
    private static IEnumerable<Scenario> Features(Scenario scenario)
    {
        var system = scenario.System;
        var plain = new SystemSettings(system.ElectionTimeoutMinMs, system.ElectionTimeoutMaxMs, system.HeartbeatMs, system.ElectionCheckMs, system.MaxEntriesPerAppend);
        SystemSettings[] plainer =
        [
            plain,
            system with { PreVote = plain.PreVote },
            system with { CheckQuorum = plain.CheckQuorum },
            system with { Reads = plain.Reads },
            system with { Spares = plain.Spares },
            system with { LowPriority = plain.LowPriority },
            system with { SnapshotEntries = plain.SnapshotEntries },
            system with { SnapshotTrailingEntries = plain.SnapshotTrailingEntries },
            system with { SnapshotChunkBytes = plain.SnapshotChunkBytes },
            system with { MaxInFlightAppends = plain.MaxInFlightAppends },
            system with { MaxUncommittedEntries = plain.MaxUncommittedEntries },
            system with { MaxSessions = plain.MaxSessions },
            system with { SessionTimeoutMs = plain.SessionTimeoutMs },
            system with { WalSegmentBytes = plain.WalSegmentBytes },
            system with { TransferTimeoutMs = plain.TransferTimeoutMs },
        ];
        return plainer.Where(settings => settings != system).Select(settings => scenario with { System = settings });
    }

    private static IEnumerable<Scenario> Conditions(Scenario scenario)
    {
        var network = scenario.Network;
        NetworkConditions[] calmer =
        [
            CalmNetwork with { CallTimeoutMs = network.CallTimeoutMs },
            network with { LossPerMille = 0 },
            network with { DuplicatePerMille = 0 },
            network with { StragglerPerMille = 0, StragglerMs = 0 },
            network with { LatencyMaxMs = network.LatencyMinMs },
        ];
        foreach (var conditions in calmer.Where(conditions => conditions != network && Weight(conditions) < Weight(network)))
        {
            yield return scenario with { Network = conditions };
        }

        if (scenario.Disk.FlushMaxMs > 0)
        {
            yield return scenario with { Disk = new DiskConditions(0, 0) };
        }

        if (scenario.System.ElectionTimeoutMaxMs > scenario.System.ElectionTimeoutMinMs)
        {
            yield return scenario with { System = scenario.System with { ElectionTimeoutMaxMs = scenario.System.ElectionTimeoutMinMs } };
        }
    }

    private static IEnumerable<Scenario> Numbers(Scenario scenario)
    {
        if (scenario.DurationMs > 100)
        {
            yield return scenario with { DurationMs = scenario.DurationMs / 2 };
            yield return scenario with { DurationMs = scenario.DurationMs * 9 / 10 };
        }

        for (var i = 0; i < scenario.Faults.Count; i++)
        {
            var fault = scenario.Faults[i];
            if (fault.After != FaultTrigger.None)
            {
                yield return scenario with { Faults = Replace(scenario.Faults, i, fault with { After = FaultTrigger.None, LagMs = 0 }) };
            }

            if (fault.LagMs > 0)
            {
                yield return scenario with { Faults = Replace(scenario.Faults, i, fault with { LagMs = fault.LagMs / 2 }) };
            }

            if (fault.ForMs > 1)
            {
                yield return scenario with { Faults = Replace(scenario.Faults, i, fault with { ForMs = fault.ForMs / 2 }) };
            }
        }

        for (var i = 0; i < scenario.Clients.Count; i++)
        {
            var operations = scenario.Clients[i].Operations;
            for (var o = 0; o < operations.Count; o++)
            {
                if (operations[o].AfterMs > 0)
                {
                    var plan = new ClientPlan(Replace(operations, o, operations[o] with { AfterMs = operations[o].AfterMs / 2 }));
                    yield return scenario with { Clients = Replace(scenario.Clients, i, plan) };
                }
            }
        }
    }

    /// <summary>What can go wrong on a network, as one number that falls with each step.</summary>
    private static int Weight(NetworkConditions network) =>
        network.LatencyMaxMs + network.LossPerMille + network.DuplicatePerMille + network.StragglerPerMille + network.StragglerMs;

    /// <summary>A list with less in it: nothing, a half, a quarter missing, and so on down to each single element missing.</summary>
    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> list)
    {
        for (var size = list.Count; size >= 1; size /= 2)
        {
            for (var start = 0; start < list.Count; start += size)
            {
                yield return [.. list.Take(start), .. list.Skip(start + size)];
            }
        }
    }

    private static IReadOnlyList<T> Replace<T>(IReadOnlyList<T> list, int index, T item) =>
        [.. list.Take(index), item, .. list.Skip(index + 1)];
}
