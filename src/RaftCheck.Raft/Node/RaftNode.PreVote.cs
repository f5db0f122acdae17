using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>PreVote (dissertation, §9.6): a server begins a new term only if it would win it.</summary>
public sealed partial class RaftNode
{
    private readonly HashSet<NodeId> preVotesReceived = [];

    /// <summary>Which time of asking it is: an answer to an earlier one does not count.</summary>
    private long preVoteRound;

    /// <summary>The timeout has elapsed. Nothing changes but the role: neither the term nor the vote.</summary>
    private void BecomePreCandidateLocked()
    {
        role = Role.PreCandidate;
        leaderHint = null;
        observer?.RoleChanged(role, currentTerm);
        observer?.ElectionEvent(ElectionEvent.PreVoteBegun, currentTerm);
        RestartElectionTimeoutLocked();
        preVotesReceived.Clear();
        preVoteRound++;
        var asked = preVoteRound;
        CountPreVoteLocked(id);
        if (role == Role.PreCandidate)
        {
            var request = new RequestVoteRequest(currentTerm.Next, id, log.LastIndex, log.LastTerm) { IsPreVote = true };
            foreach (var voter in Configuration.Members().Where(member => member != id && Configuration.IsVoter(member)))
            {
                seams.Tasks.Start("PreVote", () => PreVoteAsync(voter, request, asked));
            }
        }
    }

    private async Task PreVoteAsync(NodeId peer, RequestVoteRequest request, long asked)
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
            if (reply.VoteGranted && role == Role.PreCandidate && preVoteRound == asked && currentTerm.Next == request.Term)
            {
                CountPreVoteLocked(peer);
            }
        }
    }

    private void CountPreVoteLocked(NodeId voter)
    {
        preVotesReceived.Add(voter);
        if (Quorum.IsQuorum(Configuration, preVotesReceived.Contains))
        {
            BeginElectionLocked(isTransfer: false);
        }
    }

    private RequestVoteReply AnswerPreVoteLocked(RequestVoteRequest request)
    {
        var granted = PreVoteRule.Grants(request, currentTerm, KnowsLiveLeaderLocked, log.LastTerm, log.LastIndex);
        observer?.ElectionEvent(granted ? ElectionEvent.PreVoteGranted : ElectionEvent.PreVoteRefused, currentTerm);
        return new RequestVoteReply(currentTerm, granted);
    }
}
