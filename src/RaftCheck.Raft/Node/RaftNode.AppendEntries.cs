using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>AppendEntries (Figure 2): the leader's side, one task for each RPC, and the follower's.</summary>
public sealed partial class RaftNode
{
    /// <summary>Answers a leader. The answer leaves only when the entries and the term are on disk.</summary>
    /// <param name="request">The leader's request.</param>
    public async Task<AppendEntriesReply> HandleAsync(AppendEntriesRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        AppendEntriesReply reply;
        long position;
        lock (mutex)
        {
            reply = AcceptLocked(request);
            position = wal.Position;
            if (IsDurableLocked(position))
            {
                return reply;
            }
        }

        return await WaitUntilDurableAsync(position) ? reply : new AppendEntriesReply(reply.Term, false, null);
    }

    private AppendEntriesReply AcceptLocked(AppendEntriesRequest request)
    {
        // Rule 1 (§5.1): an old leader learns that its time is over.
        if (request.Term < currentTerm || stopped)
        {
            return new AppendEntriesReply(currentTerm, false, null);
        }

        AdoptNewerTermLocked(request.Term);
        if (role == Role.Candidate)
        {
            // §5.2: another server has won this very term.
            BecomeFollowerLocked();
        }

        leaderHint = request.LeaderId;
        RestartElectionTimeoutLocked();

        // Rule 2 (§5.3).
        if (LogMatching.FindConflict(log, request.PrevLogIndex, request.PrevLogTerm) is { } conflict)
        {
            return new AppendEntriesReply(currentTerm, false, conflict);
        }

        // Rules 3 and 4.
        for (var i = LogMatching.CountPresent(log, request.Entries); i < request.Entries.Count; i++)
        {
            var entry = request.Entries[i];
            if (entry.Index <= log.LastIndex)
            {
                TruncateLocked(entry.Index);
            }

            AppendLocked(entry);
        }

        // Rule 5.
        AdvanceCommitLocked(CommitRule.FollowerCommit(commitIndex, request.LeaderCommit, request.LastVerifiedIndex));
        return new AppendEntriesReply(currentTerm, true, null);
    }

    private void Replicate(Progress follower, Term term) =>
        seams.Tasks.Start("AppendEntries", () => AppendEntriesAsync(follower, term));

    private async Task AppendEntriesAsync(Progress follower, Term term)
    {
        AppendEntriesRequest request;
        lock (mutex)
        {
            if (!IsLeaderLocked(term))
            {
                return;
            }

            request = NextRequestLocked(follower);
        }

        var reply = await seams.Transport.CallAsync(follower.Peer, request);
        if (reply is null)
        {
            return;
        }

        bool hasMore;
        lock (mutex)
        {
            if (stopped)
            {
                return;
            }

            AdoptNewerTermLocked(reply.Term);

            // Row 7: the reply is judged against the request that it answers, and only in that request's term.
            if (!IsLeaderLocked(request.Term) || reply.Term != request.Term)
            {
                return;
            }

            hasMore = reply.Success ? TakeSuccessLocked(follower, request) : TakeRejectionLocked(follower, request, reply);
        }

        if (hasMore)
        {
            Replicate(follower, term);
        }
    }

    private AppendEntriesRequest NextRequestLocked(Progress follower)
    {
        var prevLogIndex = follower.NextIndex.Previous;
        var entries = log.Slice(follower.NextIndex, options.MaxEntriesPerAppend);
        var request = new AppendEntriesRequest(currentTerm, id, prevLogIndex, log.TermAt(prevLogIndex), entries, commitIndex);
        follower.SentIndex = LogIndex.Max(follower.SentIndex, request.LastVerifiedIndex);
        return request;
    }

    /// <returns>Whether there are entries that were not sent yet.</returns>
    private bool TakeSuccessLocked(Progress follower, AppendEntriesRequest request)
    {
        follower.MatchIndex = LogIndex.Max(follower.MatchIndex, request.LastVerifiedIndex);
        follower.NextIndex = LogIndex.Max(follower.NextIndex, follower.MatchIndex.Next);
        AdvanceLeaderCommitLocked();
        return follower.SentIndex < log.LastIndex && follower.NextIndex > follower.SentIndex;
    }

    /// <returns>Whether to try again at once, further back.</returns>
    private bool TakeRejectionLocked(Progress follower, AppendEntriesRequest request, AppendEntriesReply reply)
    {
        // A rejection of anything but the latest attempt is stale: a later reply has moved nextIndex since.
        if (reply.Conflict is null || request.PrevLogIndex != follower.NextIndex.Previous || request.PrevLogIndex <= follower.MatchIndex)
        {
            return false;
        }

        follower.NextIndex = LogIndex.Max(follower.MatchIndex.Next, ConflictBackup.NextIndex(log, reply.Conflict));
        follower.SentIndex = follower.NextIndex.Previous;
        return true;
    }
}
