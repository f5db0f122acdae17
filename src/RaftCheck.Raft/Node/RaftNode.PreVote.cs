using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>
/// PreVote (dissertation, §9.6): before a server begins a new term it asks whether it would win, so that one that was cut
/// off does not depose a leader when it comes back. Nothing that is asked or answered here changes a term or a vote.
/// </summary>
public sealed partial class RaftNode
{
    /// <summary>Tells one attempt from the next within a term: answers to an earlier one don't count.</summary>
    private long preVoteAttempt;

    private void BeginPreVoteLocked()
    {
        role = Role.PreCandidate;
        leaderHint = null;
        observer?.RoleChanged(role, currentTerm);
        observer?.ElectionEvent(ElectionEvent.PreVoteBegun, currentTerm);
        RestartElectionTimeoutLocked();
        votesReceived.Clear();
        var attempt = ++preVoteAttempt;
        CountPreVoteLocked(id);
        if (role != Role.PreCandidate)
        {
            return;
        }

        var request = new RequestVoteRequest(currentTerm.Next, id, log.LastIndex, log.LastTerm) { IsPreVote = true };
        foreach (var voter in OtherVotersLocked())
        {
            seams.Tasks.Start("PreVote", () => PreVoteAsync(voter, request, attempt));
        }
    }

    private async Task PreVoteAsync(NodeId peer, RequestVoteRequest request, long attempt)
    {
        var reply = await seams.Transport.CallAsync(peer, request);
        if (reply is null)
        {
            return;
        }

        lock (mutex)
        {
            if (stopped)
            {
                return;
            }

            AdoptNewerTermLocked(reply.Term);
            if (reply.VoteGranted && role == Role.PreCandidate && currentTerm.Next == request.Term && preVoteAttempt == attempt)
            {
                CountPreVoteLocked(peer);
            }
        }
    }

    private void CountPreVoteLocked(NodeId voter)
    {
        votesReceived.Add(voter);
        if (Quorum.IsQuorum(Configuration, votesReceived.Contains))
        {
            BeginElectionLocked(isTransfer: false);
        }
    }

    private RequestVoteReply AnswerPreVoteLocked(RequestVoteRequest request)
    {
        var granted = PreVoteRule.Grants(request, currentTerm, log.LastTerm, log.LastIndex, hasLeader: HasHeardFromLeaderLocked());
        observer?.ElectionEvent(granted ? ElectionEvent.PreVoteGranted : ElectionEvent.PreVoteRefused, currentTerm);
        return new RequestVoteReply(currentTerm, granted);
    }
}
