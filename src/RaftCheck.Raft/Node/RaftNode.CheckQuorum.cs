using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>
/// A leader that has lost its quorum steps down (dissertation, §6.2), and servers that have just heard from a leader ignore
/// candidates (§4.2.3). Together they make leases possible (§6.4.1).
/// </summary>
public sealed partial class RaftNode
{
    /// <summary>When a leader was heard from last, or, after a restart, might have been; null if that was never.</summary>
    private TimeSpan? leaderHeardAt;

    /// <summary>Steps down, in its term and with its vote, if it has not heard from a quorum for the longest election timeout.</summary>
    private void CheckQuorumLocked()
    {
        if (options.CheckQuorum && !HasQuorumContactLocked(options.ElectionTimeoutMax))
        {
            observer?.ElectionEvent(ElectionEvent.LostQuorum, currentTerm);
            StepDownLocked();
        }
    }

    /// <summary>Ends a leadership without a newer term. The vote stays: it was given in this term.</summary>
    private void StepDownLocked()
    {
        leaderHint = null;
        RestartElectionTimeoutLocked();
        BecomeFollowerLocked();
    }

    private bool HasQuorumContactLocked(TimeSpan within)
    {
        var now = seams.Clock.Now;
        return Quorum.Reached(Configuration, server => server == id ? now : FindProgressLocked(server)?.LastContact ?? TimeSpan.MinValue) is { } contact
            && now - within <= contact;
    }

    /// <summary>Whether there is a leader, as far as the server can tell: itself with a quorum, or one heard from within the shortest election timeout.</summary>
    private bool HasHeardFromLeaderLocked() => role == Role.Leader
        ? HasQuorumContactLocked(options.ElectionTimeoutMin)
        : leaderHeardAt is { } heard && seams.Clock.Now - heard < options.ElectionTimeoutMin;

    /// <summary>
    /// Whether a candidate is ignored, its term too (§4.2.3): a leader is there, and has not itself asked for the election.
    /// </summary>
    private bool IsDisruptiveLocked(RequestVoteRequest request) =>
        options.CheckQuorum && request.Term > currentTerm && !request.IsLeadershipTransfer && HasHeardFromLeaderLocked();
}
