using RaftCheck.Raft.Node;

namespace RaftCheck.Raft.Rules;

/// <summary>When a leader sends entries to a follower without waiting for the next heartbeat (§5.3; dissertation, §10.2.2).</summary>
internal static class ReplicationRule
{
    /// <summary>
    /// Whether there is anything to send, and room for it: one request at a time until the logs are known to agree, a
    /// bounded number once they are, and none while a snapshot is under way.
    /// </summary>
    public static bool MaySend(ReplicationMode mode, bool probeInFlight, int inFlight, int maxInFlight, LogIndex nextIndex, LogIndex lastIndex) =>
        nextIndex <= lastIndex && mode switch
        {
            ReplicationMode.Probe => !probeInFlight,
            ReplicationMode.Replicate => inFlight < maxInFlight,
            _ => false,
        };
}
