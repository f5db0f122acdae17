using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>The election timeout (§5.2; structure advice, row 3): a loop that sleeps a small constant and compares.</summary>
public sealed partial class RaftNode
{
    private TimeSpan lastHeardFromLeader;
    private TimeSpan electionTimeout;

    private async Task ElectionTimeoutLoopAsync()
    {
        while (true)
        {
            await seams.Clock.Delay(options.ElectionCheckInterval);
            lock (mutex)
            {
                if (stopped)
                {
                    return;
                }

                if (role == Role.Leader || !CandidacyRule.MayStand(configurations, commitIndex, id) || !HasElectionTimeoutElapsedLocked)
                {
                    continue;
                }

                if (options.PreVote)
                {
                    BecomePreCandidateLocked();
                }
                else
                {
                    BeginElectionLocked(isTransfer: false);
                }
            }
        }
    }

    private bool HasElectionTimeoutElapsedLocked =>
        seams.Clock.Now - lastHeardFromLeader >= electionTimeout + CandidacyRule.Patience(Configuration, id, options.ElectionTimeoutMax);

    /// <summary>
    /// Called on a grant of the vote, on a word of the current leader, at the start of an election, and when a leader steps
    /// down; on nothing else, or a server that refuses its vote could keep a cluster without a leader for ever.
    /// </summary>
    private void RestartElectionTimeoutLocked()
    {
        lastHeardFromLeader = seams.Clock.Now;
        var drawn = seams.Randomness.NextDuration(options.ElectionTimeoutMin, options.ElectionTimeoutMax);
        electionTimeout = ElectionPriorityRule.Timeout(drawn, options.ElectionTimeoutMax, options.ElectionPriority);
    }

    /// <summary>The requests go out in a task of their own, once the new term and the own vote are on disk.</summary>
    private void BeginElectionLocked(bool isTransfer)
    {
        BecomeCandidateLocked();
        var (term, position) = (currentTerm, wal.Position);
        seams.Tasks.Start("election", () => RunElectionAsync(term, position, isTransfer));
    }

    /// <summary>Rules for candidates (Figure 2): a new term, a vote for oneself, a new timeout.</summary>
    private void BecomeCandidateLocked()
    {
        currentTerm = currentTerm.Next;
        votedFor = id;
        leaderHint = null;
        wal.AddTermAndVote(currentTerm, votedFor);
        role = Role.Candidate;
        observer?.RoleChanged(role, currentTerm);
        observer?.Voted(currentTerm, id);
        votesReceived.Clear();
        RestartElectionTimeoutLocked();
    }
}
