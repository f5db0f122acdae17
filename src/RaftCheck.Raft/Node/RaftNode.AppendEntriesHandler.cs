using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>AppendEntries (Figure 2), the receiver's side.</summary>
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

        return await WaitUntilDurableAsync(position) ? reply : new AppendEntriesReply(Term.Zero, false, null);
    }

    private AppendEntriesReply AcceptLocked(AppendEntriesRequest request)
    {
        // Rule 1 (§5.1): an old leader learns that its time is over.
        if (!FollowLeaderLocked(request.Term, request.LeaderId))
        {
            return new AppendEntriesReply(AnsweredTermLocked, false, null);
        }

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

    /// <summary>
    /// What an answer to a leader says of the term. A server that has stopped knows none any more: the process that takes its
    /// place may be in a newer one, or have forgotten this one if it was not on disk yet. A leader that took the old term
    /// for a sign of being followed would serve stale reads (dissertation, §6.4).
    /// </summary>
    private Term AnsweredTermLocked => stopped ? Term.Zero : currentTerm;

    /// <summary>
    /// The word of a leader, by whichever RPC: the server follows it, and its election timeout begins anew (§5.2).
    /// </summary>
    /// <returns>False if the term is an old one, or the server has stopped.</returns>
    private bool FollowLeaderLocked(Term term, NodeId leader)
    {
        if (term < currentTerm || stopped)
        {
            return false;
        }

        AdoptNewerTermLocked(term);
        if (role is Role.Candidate or Role.PreCandidate)
        {
            // §5.2: another server has won this very term.
            BecomeFollowerLocked();
        }

        leaderHint = leader;
        heardFromLeaderAt = seams.Clock.Now;
        RestartElectionTimeoutLocked();
        return true;
    }
}
