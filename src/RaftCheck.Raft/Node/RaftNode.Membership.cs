using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>Changes of the cluster's configuration (dissertation, chapter 4), the leader's side.</summary>
public sealed partial class RaftNode
{
    private MembershipChange? membershipChange;

    /// <summary>The term in which this leader has begun to step down because it is no longer a voter.</summary>
    private Term? retiringInTerm;

    /// <summary>Whether the leadership is being handed over (§3.10): no configuration may change meanwhile.</summary>
    private bool IsTransferUnderWayLocked => transfer is not null;

    /// <summary>
    /// Changes the cluster's configuration (dissertation, §4.1 to §4.3), and waits for the outcome. Only a leader can, one
    /// change at a time, and only once it has committed an entry of its own term.
    /// </summary>
    /// <param name="change">The change.</param>
    /// <returns>
    /// The outcome. It can take for ever while no quorum can be reached: the caller decides how long it waits, and a change
    /// that it no longer waits for may still take effect.
    /// </returns>
    public Task<ChangeResult> ChangeConfigurationAsync(ConfigurationChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (mutex)
        {
            if (role != Role.Leader || stopped)
            {
                return Task.FromResult(new ChangeResult(ChangeOutcome.NotLeader, Configuration, leaderHint));
            }

            var refusal = ConfigurationChangeRule.WhyNotNow(
                firstIndexOfTerm, commitIndex, configurations[^1].Index, membershipChange is not null, IsTransferUnderWayLocked, Configuration.IsVoter(id));
            return refusal is null ? BeginChangeLocked(change) : Task.FromResult(RefusedLocked(refusal));
        }
    }

    private Task<ChangeResult> BeginChangeLocked(ConfigurationChange change)
    {
        if (change.Kind == ConfigurationChangeKind.AddVoter && !Configuration.IsJoint)
        {
            if (!Configuration.IsMember(change.Server))
            {
                return BeginCatchUpLocked(change.Server);
            }

            if (IsTooFarBehindLocked(change.Server))
            {
                return Task.FromResult(RefusedLocked($"{change.Server} is too far behind to vote."));
            }
        }

        var decision = ConfigurationChangeRule.Decide(Configuration, change);
        if (decision.Next is null)
        {
            return Task.FromResult(RefusedLocked(decision.Refusal!));
        }

        membershipChange = new MembershipChange();
        membershipChange.EndsWith = AppendConfigurationLocked(decision.Next);
        return membershipChange.Completion.Task;
    }

    /// <summary>The leader goes by the new configuration from now on (§4.1).</summary>
    private LogIndex AppendConfigurationLocked(ClusterConfiguration next)
    {
        var entry = AppendOwnLocked(EntryKind.Configuration, next.Encode(), null);
        ReplicateToAllLocked();
        return entry.Index;
    }

    /// <summary>
    /// The leader's commit index has risen. If the configuration in use is committed by that, a joint one is left, even
    /// if an earlier leader has entered it (§4.3), and a leader that is not in it has to go (§4.2.2).
    /// </summary>
    private void FollowUpOnCommitLocked()
    {
        if (IsConfigurationPendingLocked)
        {
            return;
        }

        if (Configuration is { IsJoint: true, AutoLeave: true })
        {
            AppendConfigurationLocked(ConfigurationChangeRule.LeaveJoint(Configuration));
            return;
        }

        if (membershipChange?.EndsWith is { } end && end <= commitIndex)
        {
            var refusal = membershipChange.Refusal;
            EndChangeLocked(refusal is null ? new ChangeResult(ChangeOutcome.Committed, Configuration, leaderHint) : RefusedLocked(refusal));
        }

        if (!Configuration.IsVoter(id) && retiringInTerm != currentTerm)
        {
            RetireLocked();
        }
    }

    private void RetireLocked()
    {
        retiringInTerm = currentTerm;
        var (term, committed, from) = (currentTerm, configurations[^1].Index, seams.Clock.Now);
        BroadcastHeartbeatLocked();
        seams.Tasks.Start("step down", () => StepDownOnceToldAsync(term, committed, from));
    }

    /// <summary>
    /// A leader that is no longer a voter steps down when a quorum knows that its removal is committed: until then it is
    /// the only one who does, and nobody else could commit what it has left behind without another election (§4.2.2).
    /// If nobody answers, it goes all the same.
    /// </summary>
    private async Task StepDownOnceToldAsync(Term term, LogIndex committed, TimeSpan from)
    {
        while (true)
        {
            await seams.Clock.Delay(options.ElectionCheckInterval);
            lock (mutex)
            {
                if (!IsLeaderLocked(term))
                {
                    return;
                }

                if (Quorum.IsQuorum(Configuration, server => FindProgressLocked(server)?.KnownCommitIndex >= committed)
                    || seams.Clock.Now - from >= options.ElectionTimeoutMax)
                {
                    StepDownAsRemovedLocked();
                    return;
                }
            }
        }
    }

    private void StepDownAsRemovedLocked()
    {
        observer?.ElectionEvent(ElectionEvent.Removed, currentTerm);
        leaderHint = null;
        BecomeFollowerLocked();
        RestartElectionTimeoutLocked();
        if (!Configuration.IsMember(id))
        {
            AbandonUncommittedProposalsLocked();
        }
    }

    /// <summary>Nobody sends the log to a server that was removed, so it never learns what becomes of them.</summary>
    private void AbandonUncommittedProposalsLocked()
    {
        foreach (var index in proposals.Keys.Where(index => index > commitIndex).Order().ToList())
        {
            proposals.Remove(index, out var proposal);
            proposal?.Completion.SetResult(new ProposeResult(ProposeOutcome.Unknown, default, leaderHint));
        }
    }

    /// <summary>The leadership ends, or the server stops: whoever waits for a change learns that nobody here knows how it ends.</summary>
    private void AbandonChangeLocked() => EndChangeLocked(new ChangeResult(ChangeOutcome.Unknown, Configuration, leaderHint));

    private void EndChangeLocked(ChangeResult result)
    {
        var ended = membershipChange;
        membershipChange = null;
        ended?.Completion.SetResult(result);
    }

    private ChangeResult RefusedLocked(string reason) => new(ChangeOutcome.Refused, Configuration, leaderHint) { Reason = reason };
}
