using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Simulation.World;

/// <summary>Applies the scenario's faults, each at its time or at its trigger, and takes each back at its end.</summary>
internal sealed class Nemesis(VirtualWorld world, IReadOnlyList<Fault> faults)
{
    /// <summary>The numbers of the faults whose time has come, and whose trigger has not.</summary>
    private readonly List<int> waiting = [];

    private int ended;

    public bool IsDone => ended == faults.Count;

    public void Begin()
    {
        world.Recorder.Triggered = Trigger;
        for (var i = 0; i < faults.Count; i++)
        {
            var number = i;
            world.After(faults[number].AtMs * 1000L, () => Reach(number));
        }
    }

    private void Reach(int number)
    {
        var fault = faults[number];
        if (fault.After == FaultTrigger.None)
        {
            Apply(fault);
            return;
        }

        waiting.Add(number);
        world.After(Fault.LongestWaitMs * 1000L, () =>
        {
            if (waiting.Remove(number))
            {
                Apply(fault);
            }
        });
    }

    /// <summary>Called in the middle of what a server does: the faults begin when that is done, at the earliest.</summary>
    private void Trigger(FaultTrigger trigger)
    {
        foreach (var number in waiting.FindAll(number => faults[number].After == trigger))
        {
            waiting.Remove(number);
            world.After(faults[number].LagMs * 1000L, () => Apply(faults[number]));
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
