using System.Buffers;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// A node's write-ahead log: one file of checksummed records (<see cref="WalRecord"/>) behind a header.
/// Records are collected in memory, in the order of the changes, and written and flushed together (group commit).
/// Not safe for use by several threads at once: the node calls all but <see cref="WriteAsync"/> under its lock, and has
/// one write under way at the most.
/// </summary>
internal sealed class WriteAheadLog : IDisposable
{
    public const string FileName = "raft.wal";

    /// <summary>"RAFTWAL", then the version of the format.</summary>
    private static readonly byte[] Header = [.. "RAFTWAL"u8, 1];

    private readonly IFile file;
    private ArrayBufferWriter<byte> pending = new(256);
    private ArrayBufferWriter<byte> beingWritten = new(256);
    private long taken;

    private WriteAheadLog(IFile file) => this.file = file;

    /// <summary>How many bytes of records were collected since the log was opened. It never goes back.</summary>
    public long Position => taken + pending.WrittenCount;

    /// <summary>Opens the log, and repairs a tail that a crash tore.</summary>
    /// <exception cref="StorageException">The file is not a log of ours, or of a version that this build can't read.</exception>
    public static async Task<(WriteAheadLog Log, PersistentState State)> OpenAsync(IFileSystem files)
    {
        var file = await files.OpenAsync(FileName);
        var bytes = await file.ReadAsync(0, (int)file.Length);
        if (bytes.Length < Header.Length && Header.AsSpan().StartsWith(bytes.Span))
        {
            // New, or a crash came before the header was durable: nothing can have been promised yet.
            await file.TruncateAsync(0);
            await file.AppendAsync(Header);
            await file.FlushAsync();
            return (new WriteAheadLog(file), new PersistentState(Term.Zero, null, new RaftLog()));
        }

        CheckHeader(bytes.Span);
        var state = Replay(bytes, out var intactLength);
        if (intactLength < bytes.Length)
        {
            // Nothing behind the first torn record was flushed, so nothing of it was promised to anyone.
            await file.TruncateAsync(intactLength);
        }

        // What was read may still be only in the machine's memory, written by a process that was killed before its flush.
        // From now on it counts as durable, so it must be.
        await file.FlushAsync();
        return (new WriteAheadLog(file), state);
    }

    public void AddTermAndVote(Term term, NodeId? votedFor) => WalRecord.WriteTermAndVote(pending, term, votedFor);

    public void AddEntry(LogEntry entry) => WalRecord.WriteEntry(pending, entry);

    public void AddTruncation(LogIndex from) => WalRecord.WriteTruncation(pending, from);

    /// <summary>Takes the collected records, for one <see cref="WriteAsync"/>. What is added from now on waits for the next.</summary>
    public ReadOnlyMemory<byte> TakePending()
    {
        (pending, beingWritten) = (beingWritten, pending);
        pending.ResetWrittenCount();
        taken += beingWritten.WrittenCount;
        return beingWritten.WrittenMemory;
    }

    /// <summary>Writes records and makes them durable.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> records)
    {
        await file.AppendAsync(records);
        await file.FlushAsync();
    }

    /// <summary>Closes the file. No write is under way.</summary>
    public void Dispose() => file.Dispose();

    private static void CheckHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Header.Length || !bytes[..(Header.Length - 1)].SequenceEqual(Header.AsSpan(0, Header.Length - 1)))
        {
            throw new StorageException($"{FileName} is not a write-ahead log: it does not begin with RAFTWAL.");
        }

        if (bytes[Header.Length - 1] != Header[^1])
        {
            throw new StorageException($"{FileName} is of format version {bytes[Header.Length - 1]}; this build reads version {Header[^1]}.");
        }
    }

    private static PersistentState Replay(ReadOnlyMemory<byte> bytes, out long intactLength)
    {
        var log = new RaftLog();
        var term = Term.Zero;
        NodeId? votedFor = null;
        var at = Header.Length;
        while (WalRecord.TryRead(bytes[at..], out var type, out var content, out var length))
        {
            switch (type)
            {
                case WalRecordType.TermAndVote:
                    (term, votedFor) = WalRecord.ReadTermAndVote(content.Span);
                    break;
                case WalRecordType.Entry:
                    // A copy of its own: the entry must not keep the whole file in memory.
                    var entry = WalRecord.ReadEntry(content);
                    log.Append(entry with { Command = entry.Command.ToArray() });
                    break;
                case WalRecordType.Truncation:
                    log.TruncateFrom(WalRecord.ReadTruncation(content.Span));
                    break;
                default:
                    throw new StorageException($"{FileName} holds a record of unknown type {(byte)type} at byte {at}.");
            }

            at += length;
        }

        intactLength = at;
        return new PersistentState(term, votedFor, log);
    }
}
