using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>
/// A new server catches up before it gets a vote (dissertation, §4.2.1). It receives the log as a learner, in rounds: each
/// ends when the server has what the log held at the round's start.
/// </summary>
public sealed partial class RaftNode
{
    private Task<ChangeResult> BeginCatchUpLocked(NodeId server)
    {
        var change = membershipChange = new MembershipChange();
        AppendConfigurationLocked(ConfigurationChangeRule.Decide(Configuration, ConfigurationChange.AddLearner(server)).Next!);
        seams.Tasks.Start("catch up", () => CatchUpAsync(change, server));
        return change.Completion.Task;
    }

    private async Task CatchUpAsync(MembershipChange change, NodeId server)
    {
        var round = 0;
        var roundEnd = LogIndex.Zero;
        var roundBegan = TimeSpan.Zero;
        while (true)
        {
            await seams.Clock.Delay(options.ElectionCheckInterval);
            lock (mutex)
            {
                if (membershipChange != change || FindProgressLocked(server) is not { } learner)
                {
                    return;
                }

                if (IsConfigurationPendingLocked)
                {
                    continue;
                }

                if (round > 0 && learner.MatchIndex >= roundEnd)
                {
                    var decision = CatchUpRule.AfterRound(round, seams.Clock.Now - roundBegan, options.CatchUpRounds, options.ElectionTimeoutMin);
                    if (decision != CatchUpDecision.NextRound)
                    {
                        EndCatchUpLocked(change, server, decision == CatchUpDecision.Promote ? null : $"{server} does not catch up: it receives the log no faster than the log grows.");
                        return;
                    }
                }

                if (CatchUpRule.IsUnavailable(seams.Clock.Now - learner.LastContact, options.ElectionTimeoutMax))
                {
                    EndCatchUpLocked(change, server, $"{server} does not catch up: it does not answer.");
                    return;
                }

                if (round == 0 || learner.MatchIndex >= roundEnd)
                {
                    round++;
                    roundEnd = log.LastIndex;
                    roundBegan = seams.Clock.Now;
                }
            }
        }
    }

    /// <summary>The server gets its vote; or, so that the cluster is as it was, it is taken out again.</summary>
    private void EndCatchUpLocked(MembershipChange change, NodeId server, string? refusal)
    {
        var next = refusal is null ? ConfigurationChange.AddVoter(server) : ConfigurationChange.Remove(server);
        change.Refusal = refusal;
        change.EndsWith = AppendConfigurationLocked(ConfigurationChangeRule.Decide(Configuration, next).Next!);
    }

    private bool IsTooFarBehindLocked(NodeId server) =>
        FindProgressLocked(server) is { } learner
        && CatchUpRule.IsTooFarBehind(learner.MatchIndex, commitIndex, options.MaxEntriesPerAppend, seams.Clock.Now - learner.LastContact, options.ElectionTimeoutMax);
}
