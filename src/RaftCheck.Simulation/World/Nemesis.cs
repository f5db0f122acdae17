using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Simulation.World;

/// <summary>Applies the scenario's faults, each at its time, and takes each back at its end.</summary>
internal sealed class Nemesis(VirtualWorld world, IReadOnlyList<Fault> faults)
{
    private int ended;

    public bool IsDone => ended == faults.Count;

    public void Begin()
    {
        foreach (var fault in faults)
        {
            world.After(fault.AtMs * 1000L, () => Apply(fault));
        }
    }

    private void Apply(Fault fault)
    {
        var target = fault.Target == Fault.LeaderTarget ? world.Run.FindLeader() ?? 0 : fault.Target;
        world.Recorder.Statistics.FaultsApplied[(int)fault.Kind]++;
        world.Recorder.FaultsInForce++;
        var text = FaultText.Describe(fault, world.Scenario.Servers);
        world.Recorder.Trace(-1, "fault begins", target, text);
        Change(fault, target, 1);
        world.After(fault.ForMs * 1000L, () =>
        {
            world.Recorder.Trace(-1, "fault ends", target, text);
            Change(fault, target, -1);
            world.Recorder.FaultsInForce--;
            ended++;
        });
    }

    private void Change(Fault fault, int target, int change)
    {
        switch (fault.Kind)
        {
            case FaultKind.Crash:
                Crash(world.Servers[target], change);
                break;
            case FaultKind.CrashAll:
                foreach (var server in world.Servers)
                {
                    Crash(server, change);
                }

                break;
            case FaultKind.LossBurst:
                world.Network.LossBursts += change;
                break;
            default:
                Cut(fault, target, change);
                break;
        }
    }

    private static void Crash(ServerProcess server, int change)
    {
        if (change > 0)
        {
            server.BeginCrash();
        }
        else
        {
            server.EndCrash();
        }
    }

    private void Cut(Fault fault, int target, int change)
    {
        var servers = world.Scenario.Servers;
        for (var from = 0; from < servers; from++)
        {
            for (var to = 0; to < servers; to++)
            {
                if (from != to && IsCut(fault, target, from, to))
                {
                    world.Network.Cut(from, to, change);
                }
            }
        }
    }

    private static bool IsCut(Fault fault, int target, int from, int to) => fault.Kind switch
    {
        FaultKind.Isolate => from == target || to == target,
        FaultKind.MuteOutbound => from == target,
        FaultKind.MuteInbound => to == target,
        FaultKind.Partition => ((fault.Group >> from) & 1) != ((fault.Group >> to) & 1),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "The nemesis does not know this fault."),
    };
}
