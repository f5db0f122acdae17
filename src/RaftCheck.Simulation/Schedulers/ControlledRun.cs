using Microsoft.Coyote.Runtime;
using RaftCheck.Simulation.World;
using ControlledTask = Microsoft.Coyote.Rewriting.Types.Threading.Tasks.Task;

namespace RaftCheck.Simulation.Schedulers;

/// <summary>
/// Drives a world under Coyote. The world itself is Coyote's first operation; the servers' continuations are run by
/// workers, each a controlled operation, of which there are as many as were ever needed at once.
/// </summary>
/// <remarks>
/// Workers are used again, because each of Coyote's operations is a thread and stays in its books to the end of the run:
/// one operation for each continuation made a step of q-learning sixty times slower. Each worker serves one server, so a
/// priority that Coyote gives to it makes that server's activities fast or slow.
/// </remarks>
internal sealed class ControlledRun(VirtualWorld world)
{
    private readonly VirtualWorld world = world;

    private readonly Stack<Worker>[] idle = [.. world.Servers.Select(_ => new Stack<Worker>())];

    /// <summary>Continuations that are ready or running. Time passes only when there are none.</summary>
    private int active;
    private int workers;
    private bool isOver;

    public void RunToEnd()
    {
        VirtualWorld.EnterThread(world);
        world.Boot(Schedule);
        do
        {
            Operation.PauseUntil(() => active == 0 || world.IsOver);
        }
        while (world.Advance());

        VirtualWorld.EnterThread(null);
        if (active == 0)
        {
            isOver = true;
            Operation.PauseUntil(() => workers == 0);
        }
    }

    private void Schedule(Continuation continuation)
    {
        active++;
        if (!idle[continuation.Context.Server].TryPop(out var worker))
        {
            worker = new Worker(this, idle[continuation.Context.Server]);
            workers++;

            // No choice is needed here: the worker can be chosen from now on, and the next lock, or the end of the
            // current continuation, is the next chance. Nothing that another could see happens before that.
            SchedulingPoint.Suppress();
            _ = ControlledTask.Run(worker.RunToEnd);
            SchedulingPoint.Resume();
        }

        worker.Give(continuation);
    }

    private sealed class Worker(ControlledRun run, Stack<Worker> idle)
    {
        private Continuation work;
        private bool hasWork;

        public void Give(Continuation continuation)
        {
            work = continuation;
            hasWork = true;
        }

        public void RunToEnd()
        {
            var coyote = SynchronizationContext.Current;
            while (true)
            {
                Operation.PauseUntil(() => hasWork || run.isOver);
                if (!hasWork)
                {
                    run.workers--;
                    return;
                }

                hasWork = false;
                Execute(work);
                SynchronizationContext.SetSynchronizationContext(coyote);
                run.active--;
                idle.Push(this);
            }
        }

        private void Execute(Continuation continuation)
        {
            if (!continuation.Context.IsAlive || run.world.IsOver)
            {
                return;
            }

            VirtualWorld.EnterThread(run.world);
            SynchronizationContext.SetSynchronizationContext(continuation.Context);
            continuation.Callback(continuation.State);
            VirtualWorld.EnterThread(null);
        }
    }
}
