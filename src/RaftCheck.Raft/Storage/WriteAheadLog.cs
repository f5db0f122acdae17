using System.Buffers;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// A server's write-ahead log: files of numbered, checksummed batches (<see cref="WalBatch"/>) of records. Records are
/// collected in memory, in the order of the changes, and written and flushed together, as one batch (group commit). The
/// node calls <see cref="Position"/>, the methods whose names begin with Add, and <see cref="TakePending"/> under its lock;
/// it has one <see cref="WriteAsync"/> under way at the most, and one <see cref="DeleteObsoleteAsync"/> beside it.
/// </summary>
internal sealed class WriteAheadLog : IDisposable
{
    private readonly IFileSystem files;
    private readonly StorageHealth health;
    private readonly int segmentBytes;
    private readonly LogTerms terms;
    private readonly ArrayBufferWriter<byte> batch = new(256);

    /// <summary>Made once, and not for each flush.</summary>
    private readonly Func<Task> writeBatch;

    /// <summary>Guards what writing and deleting share: the list of segments, and the mark of what is on the disk.</summary>
    private readonly object mutex = new();
    private readonly List<WalSegment> segments;
    private WalMark written;

    private ArrayBufferWriter<byte> pending = new(256);
    private ArrayBufferWriter<byte> beingWritten = new(256);
    private Term currentTerm;
    private NodeId? votedFor;
    private WalMark taken;
    private long takenBytes;
    private IFile file;
    private WalSegment current;
    private long nextBatch;

    /// <summary>The log as it was found; it takes over the file.</summary>
    public WriteAheadLog(IFileSystem files, StorageHealth health, int segmentBytes, WalRecovery found)
    {
        this.files = files;
        this.health = health;
        this.segmentBytes = segmentBytes;
        terms = new LogTerms(found.State.Log);
        (currentTerm, votedFor) = (found.State.CurrentTerm, found.State.VotedFor);
        segments = [.. found.Segments];
        current = segments[^1];
        file = found.TakeLastFile();
        nextBatch = found.NextBatch;
        written = taken = Mark();
        writeBatch = WriteBatchAsync;
    }

    /// <summary>How many bytes of records were collected since the log was opened. It never goes back.</summary>
    public long Position => takenBytes + pending.WrittenCount;

    /// <summary>Writes the very first segment, of an empty log.</summary>
    public static async Task CreateAsync(IFileSystem files, StorageHealth health)
    {
        using var first = await BeginSegmentAsync(files, health, new WalSegment(1, 1, LogIndex.Zero), default);
    }

    public void AddTermAndVote(Term term, NodeId? vote)
    {
        (currentTerm, votedFor) = (term, vote);
        WalRecord.WriteTermAndVote(pending, term, vote);
    }

    public void AddEntry(LogEntry entry)
    {
        terms.Append(entry.Index, entry.Term);
        WalRecord.WriteEntry(pending, entry);
    }

    public void AddTruncation(LogIndex from)
    {
        terms.TruncateFrom(from);
        WalRecord.WritePosition(pending, WalRecordType.Truncation, terms.LastIndex, terms.LastTerm);
    }

    public void AddCompaction(LogIndex upTo, Term term)
    {
        terms.CompactTo(upTo, term);
        WalRecord.WritePosition(pending, WalRecordType.Compaction, upTo, term);
    }

    public void AddReset(LogIndex baseIndex, Term baseTerm)
    {
        terms.ResetTo(baseIndex, baseTerm);
        WalRecord.WritePosition(pending, WalRecordType.Reset, baseIndex, baseTerm);
    }

    /// <summary>Takes the collected records, for one <see cref="WriteAsync"/>. What is added from now on waits for the next.</summary>
    public ReadOnlyMemory<byte> TakePending()
    {
        (pending, beingWritten) = (beingWritten, pending);
        pending.ResetWrittenCount();
        takenBytes += beingWritten.WrittenCount;
        taken = Mark();
        return beingWritten.WrittenMemory;
    }

    /// <summary>From now on, <see cref="Position"/> counts from 0: what was added so far is on the disk.</summary>
    public void RestartPosition() => takenBytes = 0;

    /// <summary>Writes records as a batch, and makes them durable.</summary>
    /// <param name="records">What <see cref="TakePending"/> returned last.</param>
    public async Task WriteAsync(ReadOnlyMemory<byte> records)
    {
        health.Require();
        if (records.IsEmpty)
        {
            return;
        }

        // A segment with nothing but its checkpoint is never full, however small segments are.
        if (file.Length >= segmentBytes && nextBatch > current.FirstBatch + 1)
        {
            await BeginNextSegmentAsync();
        }

        batch.ResetWrittenCount();
        WalBatch.Write(batch, nextBatch, checked((int)file.Length), records.Span);
        await health.ChangeAsync(current.Name, writeBatch);
        nextBatch++;
        lock (mutex)
        {
            written = taken;
        }
    }

    /// <summary>Deletes segments that hold only what the log's base has left behind, by the records that are on the disk.</summary>
    public async Task DeleteObsoleteAsync()
    {
        while (TakeObsolete() is { } obsolete)
        {
            // Oldest first, and each for good before the next: never is one missing in the middle.
            var name = obsolete.Name;
            await health.ChangeAsync(name, () => files.DeleteAsync(name));
            await health.ChangeAsync(name, files.FlushDirectoryAsync);
        }
    }

    /// <summary>Closes the file. No write is under way.</summary>
    public void Dispose() => file.Dispose();

    private static async Task<IFile> BeginSegmentAsync(IFileSystem files, StorageHealth health, WalSegment segment, WalMark mark)
    {
        var records = new ArrayBufferWriter<byte>();
        WalRecord.WriteCheckpoint(records, mark);
        var checkpoint = new ArrayBufferWriter<byte>();
        WalBatch.Write(checkpoint, segment.FirstBatch, place: 0, records.WrittenSpan);

        IFile? file = null;
        var name = segment.Name;
        try
        {
            await health.ChangeAsync(name, async () =>
            {
                file = await files.OpenAsync(name);
                await file.TruncateAsync(0);
                await file.AppendAsync(checkpoint.WrittenMemory);
                await file.FlushAsync();
                await files.FlushDirectoryAsync();
            });
            return file!;
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    private async Task WriteBatchAsync()
    {
        await file.AppendAsync(batch.WrittenMemory);
        await file.FlushAsync();
    }

    private async Task BeginNextSegmentAsync()
    {
        var next = new WalSegment(current.Number + 1, nextBatch, written.LastIndex);
        var nextFile = await BeginSegmentAsync(files, health, next, written);
        file.Dispose();
        (current, file) = (next, nextFile);
        nextBatch++;
        lock (mutex)
        {
            segments.Add(next);
        }
    }

    private WalSegment? TakeObsolete()
    {
        lock (mutex)
        {
            if (segments.Count < 2 || segments[1].LogEnd > written.BaseIndex)
            {
                return null;
            }

            var obsolete = segments[0];
            segments.RemoveAt(0);
            return obsolete;
        }
    }

    private WalMark Mark() => new(currentTerm, votedFor, terms.BaseIndex, terms.LastIndex, terms.LastTerm);
}
