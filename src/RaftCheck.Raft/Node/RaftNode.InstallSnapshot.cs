using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft;

/// <summary>
/// InstallSnapshot (Figure 13), the receiver's side. One handler at a time writes to the file that arrives; others wait
/// for it, and look again.
/// </summary>
public sealed partial class RaftNode
{
    private readonly AsyncCondition chunkWritten = new();

    /// <summary>The snapshot that is arriving, or null.</summary>
    private SnapshotArrival? arrival;

    /// <summary>
    /// Takes a chunk of a leader's snapshot. The answer leaves only when what it says is on disk: the term, and, if the
    /// snapshot is installed, the snapshot and that the log begins behind it.
    /// </summary>
    /// <param name="request">The leader's request.</param>
    public async Task<InstallSnapshotReply> HandleAsync(InstallSnapshotRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        while (true)
        {
            Task? otherChunk = null;
            SnapshotArrival? taken = null;
            InstallSnapshotReply? reply = null;
            long position;
            lock (mutex)
            {
                reply = AnswerWithoutWritingLocked(request);
                if (reply is null && arrival!.IsBusy)
                {
                    otherChunk = chunkWritten.WaitAsync();
                }
                else if (reply is null)
                {
                    taken = arrival;
                    taken!.IsBusy = true;
                }

                position = wal.Position;
            }

            if (otherChunk is not null)
            {
                await otherChunk;
                continue;
            }

            if (taken is not null)
            {
                (reply, position) = await TakeChunkAsync(taken, request);
            }

            return await WaitUntilDurableAsync(position) ? reply! : new InstallSnapshotReply(Term.Zero, 0, false);
        }
    }

    /// <returns>The answer; null if <see cref="arrival"/> is the snapshot that the chunk belongs to, and the chunk's turn has come or may yet come.</returns>
    private InstallSnapshotReply? AnswerWithoutWritingLocked(InstallSnapshotRequest request)
    {
        // Rule 1 (§5.1).
        if (!FollowLeaderLocked(request.Term, request.LeaderId))
        {
            return new InstallSnapshotReply(AnsweredTermLocked, 0, false);
        }

        // The log, or a snapshot, has all of it already. What is not durable of that will be, before the answer leaves.
        if (request.Snapshot.LastIncludedIndex <= commitIndex)
        {
            observer?.SnapshotChunk(request.Snapshot, ChunkOutcome.Obsolete);
            if (arrival is not null && arrival.First.Snapshot.LastIncludedIndex <= commitIndex)
            {
                AbandonArrivalLocked();
            }

            return new InstallSnapshotReply(currentTerm, request.Length, true);
        }

        if (arrival is null || !SnapshotTransferRule.IsContinued(arrival.First, request))
        {
            if (arrival is not null && SnapshotTransferRule.IsOvertaken(arrival.First, request))
            {
                observer?.SnapshotChunk(request.Snapshot, ChunkOutcome.Obsolete);
                return new InstallSnapshotReply(currentTerm, 0, false);
            }

            // Rules 2 and 5: a new file, and what was there of another is discarded.
            AbandonArrivalLocked();
            arrival = new SnapshotArrival(request);
        }

        if (arrival.IsBusy)
        {
            return null;
        }

        var outcome = SnapshotTransferRule.Judge(request.Offset, arrival.Received);
        observer?.SnapshotChunk(request.Snapshot, outcome);
        return outcome == ChunkOutcome.Taken ? null : new InstallSnapshotReply(currentTerm, arrival.Received, false);
    }

    /// <summary>Writes a chunk, and installs the snapshot if it was the last one.</summary>
    private async Task<(InstallSnapshotReply Reply, long Position)> TakeChunkAsync(SnapshotArrival taken, InstallSnapshotRequest request)
    {
        var isWritten = false;
        try
        {
            isWritten = await WriteChunkAsync(taken, request);
        }
        catch (StorageException) when (IsStopped)
        {
        }
        catch
        {
            FailStorage();
            lock (mutex)
            {
                EndChunkLocked(taken, isOver: true);
            }

            throw;
        }

        lock (mutex)
        {
            EndChunkLocked(taken, isOver: !isWritten || request.Done);

            // Whatever happened meanwhile, to the term too: the snapshot is durable, and what it covers is committed.
            var isInstalled = isWritten && request.Done && !stopped;
            if (isInstalled)
            {
                InstallLocked(request.Snapshot);
            }

            return (new InstallSnapshotReply(AnsweredTermLocked, isWritten ? taken.Received : 0, isInstalled), wal.Position);
        }
    }

    /// <returns>False if the file is not the snapshot that was announced: its leader begins anew.</returns>
    private async Task<bool> WriteChunkAsync(SnapshotArrival taken, InstallSnapshotRequest request)
    {
        try
        {
            // Rules 2 and 3.
            taken.File ??= await wal.BeginReceiveAsync(request.Snapshot, request.Length);
            await taken.File.WriteAsync(request.Data);

            // Rules 4 and 5.
            if (request.Done)
            {
                await taken.File.CompleteAsync();
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private void EndChunkLocked(SnapshotArrival taken, bool isOver)
    {
        taken.IsBusy = false;
        taken.Received = taken.File?.Received ?? 0;
        chunkWritten.PulseAll();
        if (arrival != taken)
        {
            // Another snapshot has taken its place, or the server has stopped.
            taken.File?.Dispose();
        }
        else if (isOver)
        {
            AbandonArrivalLocked();
        }
    }

    /// <summary>Ends what is arriving. The handler that is writing to it, if one is, closes the file.</summary>
    private void AbandonArrivalLocked()
    {
        if (arrival is { IsBusy: false, File: not null })
        {
            arrival.File.Dispose();
            DeleteObsoleteInBackgroundLocked();
        }

        arrival = null;
    }

    /// <summary>A leader's snapshot is durable, and becomes part of the node's state.</summary>
    private void InstallLocked(SnapshotMetadata installed)
    {
        if (installed.LastIncludedIndex > SnapshotIndexLocked)
        {
            snapshot = installed;
            isSnapshotRequested = false;
            lastEntryTime = installed.Time > lastEntryTime ? installed.Time : lastEntryTime;
            var logKept = SnapshotRule.KeepsLog(log, installed);
            if (logKept)
            {
                // Rule 6. The entries that it covers are there, and now known to be committed.
                AdvanceCommitLocked(installed.LastIncludedIndex);
                CompactLocked(installed.LastIncludedIndex);
            }
            else
            {
                // Rule 7.
                ResetLogLocked(installed);
            }

            observer?.SnapshotInstalled(installed, logKept);
            BeginConfigurationsLocked(installed);
            AdvanceCommitLocked(installed.LastIncludedIndex);
        }

        // Rule 8 is the applier's.
        commitAdvanced.PulseAll();
        snapshotEnded.PulseAll();
        DeleteObsoleteInBackgroundLocked();
    }
}
