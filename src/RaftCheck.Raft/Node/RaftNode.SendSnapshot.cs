using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft;

/// <summary>
/// InstallSnapshot (Figure 13), the leader's side: one task for each RPC, which also processes the reply, and starts the
/// task of the next chunk. Heartbeats go on beside it.
/// </summary>
public sealed partial class RaftNode
{
    /// <summary>There is one transfer to a follower at the most: one that is under way finds out by itself that it is needed again.</summary>
    private void BeginSnapshotLocked(Progress follower)
    {
        follower.Mode = ReplicationMode.Snapshot;
        if (!follower.IsSendingSnapshot)
        {
            follower.IsSendingSnapshot = true;
            StartChunk(new SnapshotTransfer(follower, currentTerm));
        }
    }

    private void StartChunk(SnapshotTransfer transfer) => seams.Tasks.Start("InstallSnapshot", () => InstallSnapshotAsync(transfer));

    private async Task InstallSnapshotAsync(SnapshotTransfer transfer)
    {
        var next = NextChunk.None;
        try
        {
            next = await SendChunkAsync(transfer);
        }
        catch (StorageException) when (IsStopped)
        {
        }
        catch
        {
            FailStorage();
            throw;
        }
        finally
        {
            if (next == NextChunk.None)
            {
                transfer.Dispose();
            }
        }

        if (next == NextChunk.AfterPause)
        {
            await seams.Clock.Delay(options.HeartbeatInterval);
        }

        if (next != NextChunk.None)
        {
            StartChunk(transfer);
        }
    }

    private enum NextChunk
    {
        /// <summary>The transfer is over: installed, or no longer this server's business.</summary>
        None,

        /// <summary>The follower waits for it.</summary>
        AtOnce,

        /// <summary>The follower was not reached, or is not ready: the next heartbeat is soon enough.</summary>
        AfterPause,
    }

    private async Task<NextChunk> SendChunkAsync(SnapshotTransfer transfer)
    {
        bool startsOver;
        lock (mutex)
        {
            if (!IsNeededLocked(transfer))
            {
                return NextChunk.None;
            }

            startsOver = transfer.File is null || SnapshotTransferRule.StartsOver(transfer.File.Metadata, log.BaseIndex);
        }

        if (startsOver)
        {
            transfer.Begin((await wal.OpenSnapshotAsync())!);
        }

        var data = await transfer.File!.ReadAsync(transfer.Offset, options.SnapshotChunkBytes);
        var request = new InstallSnapshotRequest(transfer.Term, id, transfer.File.Metadata, transfer.Offset, data, transfer.File.Length);
        long sentRound;
        TimeSpan sentAt;
        lock (mutex)
        {
            if (!IsNeededLocked(transfer))
            {
                return NextChunk.None;
            }

            sentRound = round;
            sentAt = seams.Clock.Now;
        }

        var reply = await seams.Transport.CallAsync(transfer.Follower.Peer, request);
        lock (mutex)
        {
            return TakeReplyLocked(transfer, request, reply, sentRound, sentAt);
        }
    }

    private NextChunk TakeReplyLocked(SnapshotTransfer transfer, InstallSnapshotRequest request, InstallSnapshotReply? reply, long sentRound, TimeSpan sentAt)
    {
        if (reply is not null && !stopped)
        {
            AdoptNewerTermLocked(reply.Term);
        }

        // Row 7, as for AppendEntries.
        if (!IsLeaderLocked(transfer.Term) || !IsCurrentLocked(transfer.Follower))
        {
            EndTransferLocked(transfer);
            return NextChunk.None;
        }

        if (reply is null || reply.Term != transfer.Term)
        {
            return NextChunk.AfterPause;
        }

        NoteContactLocked(transfer.Follower, sentRound, sentAt);
        if (reply.Installed)
        {
            ConfirmLocked(transfer.Follower, request.Snapshot.LastIncludedIndex);
            if (!IsNeededLocked(transfer))
            {
                ReplicateLocked(transfer.Follower);
                return NextChunk.None;
            }

            // The log was compacted further meanwhile: a newer snapshot is needed behind this one.
            return NextChunk.AtOnce;
        }

        var isProgress = SnapshotTransferRule.IsProgress(request, reply);
        transfer.Offset = Math.Clamp(reply.NextOffset, 0, request.Length);
        return isProgress ? NextChunk.AtOnce : NextChunk.AfterPause;
    }

    /// <summary>Whether the follower still waits for a snapshot of this leadership. If not, the transfer ends here.</summary>
    private bool IsNeededLocked(SnapshotTransfer transfer)
    {
        var follower = transfer.Follower;
        if (IsLeaderLocked(transfer.Term) && IsCurrentLocked(follower) && follower.Mode == ReplicationMode.Snapshot)
        {
            return true;
        }

        EndTransferLocked(transfer);
        return false;
    }

    private static void EndTransferLocked(SnapshotTransfer transfer) => transfer.Follower.IsSendingSnapshot = false;
}
