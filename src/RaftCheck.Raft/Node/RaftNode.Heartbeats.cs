using RaftCheck.Raft.Node;

namespace RaftCheck.Raft;

/// <summary>The leader's heartbeats (§5.2; structure advice, row 2).</summary>
public sealed partial class RaftNode
{
    private readonly AsyncCondition leadership = new();

    private async Task HeartbeatLoopAsync()
    {
        while (true)
        {
            Task? becameLeader = null;
            lock (mutex)
            {
                if (stopped)
                {
                    return;
                }

                if (role != Role.Leader)
                {
                    becameLeader = leadership.WaitAsync();
                }
            }

            if (becameLeader is not null)
            {
                await becameLeader;
                continue;
            }

            await seams.Clock.Delay(options.HeartbeatInterval);

            lock (mutex)
            {
                if (role == Role.Leader && !stopped)
                {
                    StepDownWithoutQuorumLocked();
                }

                if (role == Role.Leader && !stopped)
                {
                    BroadcastHeartbeatLocked();
                    SendTimeoutNowLocked(again: true);
                }
            }
        }
    }
}
