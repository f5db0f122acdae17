using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft;

/// <summary>How the state machine and the client sessions are set back to a snapshot (Figure 13, rule 8).</summary>
public sealed partial class RaftNode
{
    /// <summary>Whether a leader's snapshot covers more than was applied. The server's own never do.</summary>
    private bool IsRestoreDueLocked => SnapshotIndexLocked > lastApplied;

    /// <summary>Called by the applier.</summary>
    private async Task RestoreAsync(SnapshotMetadata due)
    {
        try
        {
            using var reader = await wal.OpenSnapshotAsync();
            if (reader!.Metadata != due)
            {
                await AwaitAnotherSnapshotAsync(due);
                return;
            }

            await RestoreAsync(reader);
        }
        catch (StorageException) when (IsStopped)
        {
            return;
        }
        catch
        {
            FailStorage();
            throw;
        }

        observer?.StateRestored(due);
        lock (mutex)
        {
            lastApplied = due.LastIncludedIndex;
            EndProposalsLocked(upTo: lastApplied);
            appliedAdvanced.PulseAll();
        }
    }

    /// <summary>
    /// A newer snapshot has become durable, and is not part of the node's state yet: the log does not begin behind it, and
    /// the commit index may be lower. It will be at once.
    /// </summary>
    private async Task AwaitAnotherSnapshotAsync(SnapshotMetadata than)
    {
        Task another;
        lock (mutex)
        {
            if (stopped || snapshot != than)
            {
                return;
            }

            another = commitAdvanced.WaitAsync();
        }

        await another;
    }

    private async Task RestoreAsync(SnapshotReader reader)
    {
        var body = reader.OpenBody();
        await sessions.RestoreAsync(body);
        await stateMachine.RestoreAsync(body);
    }

    /// <summary>Called before the node runs: nobody else uses it yet.</summary>
    private async Task RestoreAtStartAsync()
    {
        if (snapshot is null)
        {
            return;
        }

        using var reader = await wal.OpenSnapshotAsync();
        try
        {
            await RestoreAsync(reader!);
        }
        catch (FormatException e)
        {
            throw new StorageException($"The snapshot up to index {snapshot.LastIncludedIndex} can't be restored: {e.Message}", e);
        }

        commitIndex = lastApplied = snapshot.LastIncludedIndex;
    }
}
