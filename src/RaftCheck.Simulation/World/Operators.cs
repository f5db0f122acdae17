using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Simulation.World;

/// <summary>Asks of the cluster what the scenario's operators ask, each at its time, whatever else goes on.</summary>
internal sealed class Operators(VirtualWorld world, IReadOnlyList<OperatorAction> actions)
{
    private int begun;

    /// <summary>Whether all was asked. What came of it is nobody's promise.</summary>
    public bool AreDone => begun == actions.Count;

    public void Begin()
    {
        foreach (var action in actions)
        {
            world.After(action.AtMs * 1000L, () =>
            {
                begun++;
                world.Recorder.Statistics.OperatorActions[(int)action.Kind]++;
                var server = action.Kind == OperatorKind.TakeSnapshot ? action.Target : world.Run.FindLeader();
                world.Recorder.Trace(-1, "operator", server ?? -1, action);
                if (server is { } asked)
                {
                    world.Servers[asked].Operate(action);
                }
            });
        }
    }
}
