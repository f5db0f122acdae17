using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// Replicated state machines (§2): at equal index the state machines are equal, and an entry's outcome is the same
/// everywhere, whether a server has applied each entry, or began from a snapshot. So a snapshot holds what replaying the log
/// gives, of the client sessions too.
/// </summary>
internal sealed class EqualReplicas(IRunRecorder recorder)
{
    public const string Name = "Equal Replicas";

    /// <summary>For each index, from 1 on: what came of the entry, and the state behind it, where it was applied first.</summary>
    private readonly List<(ApplyOutcome Outcome, ulong State, NodeId By)> applied = [];

    public void Applied(ServerView server, LogIndex index, ApplyOutcome outcome, ulong state)
    {
        if (index.Value == applied.Count + 1)
        {
            applied.Add((outcome, state, server.Id));
            return;
        }

        if (index.Value <= applied.Count && applied[(int)index.Value - 1] is var first && first.Outcome != outcome)
        {
            recorder.Violate(Name, $"At index {index} {server.Id} came to {outcome}, and {first.By} to {first.Outcome}.");
            return;
        }

        StateIs(server, index, state);
    }

    /// <summary>A server's state machine was set to a snapshot's state.</summary>
    public void StateIs(ServerView server, LogIndex at, ulong state)
    {
        if (at > LogIndex.Zero && at.Value <= applied.Count && applied[(int)at.Value - 1] is var first && first.State != state)
        {
            recorder.Violate(Name, $"At index {at} the state machine of {server.Id} differs from what that of {first.By} was there.");
        }
    }
}
