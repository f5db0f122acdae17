using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>RequestVote (Figure 2): the candidate's side, one task for each RPC, and the voter's.</summary>
public sealed partial class RaftNode
{
    /// <summary>Who granted this candidate its vote in the current term. A set: a repeated reply counts once.</summary>
    private readonly HashSet<NodeId> votesReceived = [];

    /// <summary>Answers a candidate. The answer leaves only when the vote and the term are on disk.</summary>
    /// <param name="request">The candidate's request.</param>
    public async Task<RequestVoteReply> HandleAsync(RequestVoteRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestVoteReply reply;
        long position;
        lock (mutex)
        {
            if (stopped)
            {
                return new RequestVoteReply(currentTerm, false);
            }

            if (request.IsPreVote)
            {
                return AnswerPreVoteLocked(request);
            }

            if (IsDisruptiveLocked(request))
            {
                observer?.ElectionEvent(ElectionEvent.VoteIgnored, currentTerm);
                return new RequestVoteReply(currentTerm, false);
            }

            AdoptNewerTermLocked(request.Term);
            var granted = VoteRule.Grants(request, currentTerm, votedFor, log.LastTerm, log.LastIndex);
            if (granted)
            {
                if (votedFor is null)
                {
                    votedFor = request.CandidateId;
                    wal.AddTermAndVote(currentTerm, votedFor);
                    observer?.Voted(currentTerm, request.CandidateId);
                }

                if (role == Role.PreCandidate)
                {
                    // It has just given its vote to another: it does not stand against it before the next timeout.
                    BecomeFollowerLocked();
                }

                RestartElectionTimeoutLocked();
            }

            reply = new RequestVoteReply(currentTerm, granted);
            position = wal.Position;
            if (IsDurableLocked(position))
            {
                return reply;
            }
        }

        return await WaitUntilDurableAsync(position) ? reply : new RequestVoteReply(reply.Term, false);
    }

    /// <summary>Sends the requests of one election, once the candidate's own vote is on disk.</summary>
    private async Task RunElectionAsync(Term term, long position, bool isTransfer)
    {
        if (!await WaitUntilDurableAsync(position))
        {
            return;
        }

        lock (mutex)
        {
            if (!IsCandidateLocked(term))
            {
                return;
            }

            CountVoteLocked(id);
            if (role == Role.Candidate)
            {
                var request = new RequestVoteRequest(currentTerm, id, log.LastIndex, log.LastTerm) { IsLeadershipTransfer = isTransfer };
                foreach (var voter in Configuration.Members().Where(member => member != id && Configuration.IsVoter(member)))
                {
                    seams.Tasks.Start("RequestVote", () => RequestVoteAsync(voter, request));
                }
            }
        }
    }

    private async Task RequestVoteAsync(NodeId peer, RequestVoteRequest request)
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

            // Row 7: the reply counts only for the election that it answers.
            if (reply.VoteGranted && IsCandidateLocked(request.Term))
            {
                CountVoteLocked(peer);
            }
        }
    }

    private bool IsCandidateLocked(Term inTerm) => role == Role.Candidate && currentTerm == inTerm && !stopped;

    private void CountVoteLocked(NodeId voter)
    {
        votesReceived.Add(voter);
        if (Quorum.IsQuorum(Configuration, votesReceived.Contains))
        {
            BecomeLeaderLocked();
        }
    }
}
