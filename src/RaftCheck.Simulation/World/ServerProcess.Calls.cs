namespace RaftCheck.Simulation.World;

/// <summary>What a server waits for, and what is on its way to it: calls, delays, messages.</summary>
internal sealed partial class ServerProcess
{
    /// <summary>A call that another server made, and waits for.</summary>
    private interface IPendingCall
    {
        int From { get; }

        /// <summary>No reply will come: the caller learns so when its time limit ends.</summary>
        void Expire();

        void Complete(object message);
    }

    private sealed class PendingCall<TReply>(VirtualWorld world, int from, int to)
        : TaskCompletionSource<TReply?>(TaskCreationOptions.RunContinuationsAsynchronously), IPendingCall, ITimedEvent
        where TReply : class
    {
        private readonly long deadlineUs = world.NowUs + (world.Network.CallTimeoutMs * 1000L);

        public int From => from;

        public void Expire() => world.After(Math.Max(0, deadlineUs - world.NowUs), this);

        /// <summary>The time limit has ended.</summary>
        public void Happen() => TrySetResult(null);

        public void Complete(object message)
        {
            if (Task.IsCompleted)
            {
                return;
            }

            var inTime = world.NowUs <= deadlineUs;
            if (inTime)
            {
                world.Recorder.Trace(from, "answer", to, message);
            }

            TrySetResult(inTime ? (TReply)message : null);
        }
    }

    /// <summary>A delay of a server's activity. If the process is gone when it ends, nobody waits for it.</summary>
    private sealed class Timer(ProcessContext process)
        : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), ITimedEvent
    {
        public void Happen()
        {
            if (process.IsAlive)
            {
                SetResult();
            }
        }
    }

    private sealed class RequestArrival(ServerProcess server, object request, IPendingCall call) : ITimedEvent
    {
        public void Happen() => server.Receive(request, call);
    }

    private sealed class ReplyArrival(ServerProcess sender, object reply, IPendingCall call) : ITimedEvent
    {
        public void Happen()
        {
            if (sender.world.Network.IsCut(sender.Server, call.From))
            {
                sender.Lose(call.From, sender.Server, reply);
                call.Expire();
            }
            else
            {
                call.Complete(reply);
            }
        }
    }
}
