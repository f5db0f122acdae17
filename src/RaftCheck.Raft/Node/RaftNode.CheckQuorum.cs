using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>A leader without a quorum steps down (dissertation, §6.2), and one that has it is not disrupted (§4.2.3).</summary>
public sealed partial class RaftNode
{
    /// <summary>
    /// When this server last heard from any leader. Unlike the election timeout it is not restarted by a vote, and a newer
    /// term does not clear it: the leader of the old one may still hold a lease.
    /// </summary>
    private TimeSpan? heardFromLeaderAt;

    /// <summary>Whether there is a leader that works: this server, with a quorum behind it, or one that it has just heard from.</summary>
    private bool KnowsLiveLeaderLocked => role == Role.Leader
        ? HasQuorumContactLocked(options.ElectionTimeoutMin)
        : LeaderContact.IsRecent(heardFromLeaderAt, seams.Clock.Now, options.ElectionTimeoutMin);

    /// <summary>
    /// A server that restarts does not know whom it heard from before. It may have helped a leader to a lease (§6.4.1), so
    /// it behaves as if it had heard from one just now. One that was never in any term has helped nobody.
    /// </summary>
    private void ForgetNoLeaderLocked()
    {
        if (options.CheckQuorum && currentTerm > Term.Zero)
        {
            heardFromLeaderAt = seams.Clock.Now;
        }
    }

    /// <summary>Whether a candidate disturbs a leader that works. One that the leader itself has told to stand does not (§3.10).</summary>
    private bool IsDisruptiveLocked(RequestVoteRequest request) =>
        options.CheckQuorum && !request.IsLeadershipTransfer && KnowsLiveLeaderLocked;

    /// <summary>The term and the vote in it stay.</summary>
    private void StepDownWithoutQuorumLocked()
    {
        if (options.CheckQuorum && !HasQuorumContactLocked(options.ElectionTimeoutMax))
        {
            observer?.ElectionEvent(ElectionEvent.LostQuorum, currentTerm);
            leaderHint = null;
            RestartElectionTimeoutLocked();
            BecomeFollowerLocked();
        }
    }

    private bool HasQuorumContactLocked(TimeSpan within)
    {
        var now = seams.Clock.Now;
        return LeaderContact.HasQuorum(
            Configuration, voter => voter == id ? now : FindProgressLocked(voter)?.LastContact ?? now - within, now, within);
    }
}
