using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>AppendEntries (Figure 2), the leader's side: one task for each RPC, which also processes the reply.</summary>
public sealed partial class RaftNode
{
    /// <summary>
    /// The number of the round of requests that is being sent. A read that waits for a confirmed leadership begins a new
    /// one, so that only answers to requests that were sent after it count (dissertation, §6.4).
    /// </summary>
    private long round;

    /// <summary>Sends to each other server whatever it has yet to receive, as far as its window allows.</summary>
    private void ReplicateToAllLocked()
    {
        foreach (var follower in progress)
        {
            ReplicateLocked(follower);
        }
    }

    /// <summary>Sends to each other server, whether there is anything to send or not (§5.2).</summary>
    private void BroadcastHeartbeatLocked()
    {
        round++;
        JoinRoundLocked();
        foreach (var follower in progress)
        {
            StartAppendEntriesLocked(follower, isHeartbeat: true);
        }
    }

    private void ReplicateLocked(Progress follower)
    {
        if (!follower.IsSendScheduled && ReplicationRule.MaySend(follower.Mode, follower.ProbeInFlight, follower.InFlight, options.MaxInFlightAppends, follower.NextIndex, log.LastIndex))
        {
            follower.IsSendScheduled = true;
            StartAppendEntriesLocked(follower, isHeartbeat: false);
        }
    }

    private void StartAppendEntriesLocked(Progress follower, bool isHeartbeat)
    {
        var term = currentTerm;
        seams.Tasks.Start("AppendEntries", () => AppendEntriesAsync(follower, term, isHeartbeat));
    }

    private async Task AppendEntriesAsync(Progress follower, Term term, bool isHeartbeat)
    {
        AppendEntriesRequest? request;
        long sentRound;
        int window;
        TimeSpan sentAt;
        lock (mutex)
        {
            follower.IsSendScheduled &= isHeartbeat;
            if (!IsLeaderLocked(term) || !IsCurrentLocked(follower))
            {
                return;
            }

            request = NextRequestLocked(follower, isHeartbeat);
            if (request is null)
            {
                return;
            }

            sentRound = round;
            window = follower.Window;
            sentAt = seams.Clock.Now;
            ReplicateLocked(follower);
        }

        var reply = await seams.Transport.CallAsync(follower.Peer, request);
        lock (mutex)
        {
            if (stopped)
            {
                return;
            }

            if (reply is not null)
            {
                AdoptNewerTermLocked(reply.Term);
            }

            // Row 7: the reply is judged against the request that it answers, and only in that request's term, and only
            // while the server is the member that it was then.
            if (!IsLeaderLocked(term) || !IsCurrentLocked(follower))
            {
                return;
            }

            if (reply is null || reply.Term < term)
            {
                // Nobody who follows this leader has answered: a server that has stopped says no term.
                TakeLossLocked(follower, request, window);
            }
            else
            {
                NoteContactLocked(follower, sentRound, sentAt);
                TakeReplyLocked(follower, request, window, reply);
            }

            ReplicateLocked(follower);
        }
    }

    /// <returns>The request; null if the follower needs a snapshot first, or there is nothing left to send.</returns>
    private AppendEntriesRequest? NextRequestLocked(Progress follower, bool isHeartbeat)
    {
        if (follower.Mode != ReplicationMode.Snapshot && !log.HasTermAt(follower.NextIndex.Previous))
        {
            // §7: what comes next was compacted away.
            BeginSnapshotLocked(follower);
        }

        if (follower.Mode == ReplicationMode.Snapshot)
        {
            // A heartbeat goes on, so that the follower does not stand for election meanwhile.
            return isHeartbeat ? RequestLocked(LogIndex.Max(log.BaseIndex, follower.MatchIndex), []) : null;
        }

        if (!isHeartbeat && !ReplicationRule.MaySend(follower.Mode, follower.ProbeInFlight, follower.InFlight, options.MaxInFlightAppends, follower.NextIndex, log.LastIndex))
        {
            return null;
        }

        var prevLogIndex = follower.NextIndex.Previous;
        if (follower.Mode == ReplicationMode.Probe)
        {
            follower.ProbeInFlight = true;
            return RequestLocked(prevLogIndex, log.Slice(follower.NextIndex, options.MaxEntriesPerAppend, options.MaxBytesPerAppend));
        }

        if (isHeartbeat)
        {
            return RequestLocked(prevLogIndex, []);
        }

        var request = RequestLocked(prevLogIndex, log.Slice(follower.NextIndex, options.MaxEntriesPerAppend, options.MaxBytesPerAppend));
        follower.NextIndex = request.LastVerifiedIndex.Next;
        follower.InFlight++;
        return request;
    }

    private AppendEntriesRequest RequestLocked(LogIndex prevLogIndex, IReadOnlyList<LogEntry> entries) =>
        new(currentTerm, id, prevLogIndex, log.TermAt(prevLogIndex), entries, commitIndex);

    private void TakeReplyLocked(Progress follower, AppendEntriesRequest request, int window, AppendEntriesReply reply)
    {
        if (reply.Success)
        {
            LeaveWindowLocked(follower, request, window);
            follower.KnownCommitIndex = CommitRule.FollowerCommit(follower.KnownCommitIndex, request.LeaderCommit, request.LastVerifiedIndex);
            ConfirmLocked(follower, request.LastVerifiedIndex);
        }
        else if (reply.Conflict is not null
            && window == follower.Window
            && follower.Mode != ReplicationMode.Snapshot
            && request.PrevLogIndex > follower.MatchIndex)
        {
            // A rejection from before the window was given up is stale: a later reply has moved nextIndex since.
            follower.Probe(ConflictBackup.NextIndex(log, reply.Conflict));
        }
        else
        {
            // Refused without a reason, or for one that a later reply has disproved. The entries may not have been stored all
            // the same, and the request's place in the window is free.
            TakeLossLocked(follower, request, window);
        }
    }

    /// <summary>
    /// A request of the present window is lost, or its reply is: what was sent behind it may be rejected, so the leader
    /// goes back to what it knows. It tries again with the next heartbeat, and no sooner: a network that fails at once
    /// must not be called in a circle.
    /// </summary>
    private static void TakeLossLocked(Progress follower, AppendEntriesRequest request, int window)
    {
        if (window == follower.Window && follower.Mode == ReplicationMode.Replicate && request.Entries.Count > 0)
        {
            follower.Probe(follower.MatchIndex.Next);
            follower.ProbeInFlight = true;
        }
    }

    private static void LeaveWindowLocked(Progress follower, AppendEntriesRequest request, int window)
    {
        if (window == follower.Window && follower.Mode == ReplicationMode.Replicate && request.Entries.Count > 0)
        {
            follower.InFlight--;
        }
    }

    /// <summary>A server's log agrees with the leader's up to an index, durably.</summary>
    private void ConfirmLocked(Progress follower, LogIndex upTo)
    {
        follower.Confirm(upTo, canReplicateFrom: log.BaseIndex);
        AdvanceLeaderCommitLocked();
        SendTimeoutNowLocked(again: false);
    }
}
