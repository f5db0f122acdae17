using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// Reads the segments of the write-ahead log, and tells a tail that a crash tore from damage. A batch is only begun when the
/// one before it was flushed, and a segment only when the last batch of the one before it was. So what is broken is a torn
/// tail only if nothing intact comes behind it: that was never promised to anyone, and is cut off. Otherwise it was
/// promised, and is lost: to cut it off silently would take back votes and acknowledgements, so the storage is refused.
/// </summary>
internal sealed class WalRecovery : IDisposable
{
    private readonly IFileSystem files;
    private readonly StorageHealth health;
    private readonly List<WalSegment> segments = [];

    private WalRecovery(IFileSystem files, StorageHealth health)
    {
        this.files = files;
        this.health = health;
    }

    /// <summary>What the log amounts to.</summary>
    public WalReplay State { get; } = new();

    /// <summary>All segments, oldest first.</summary>
    public IReadOnlyList<WalSegment> Segments => segments;

    /// <summary>The number of the next batch.</summary>
    public long NextBatch { get; private set; }

    /// <summary>The file of the last segment, open, with nothing behind its last intact batch.</summary>
    public IFile? LastFile { get; private set; }

    /// <summary>Reads all segments, and repairs the tail.</summary>
    /// <param name="files">The files.</param>
    /// <param name="health">Whether they can be changed.</param>
    /// <param name="numbers">The numbers of the segments that are there, in order.</param>
    /// <exception cref="StorageException">Something that was promised is lost; nothing was changed.</exception>
    public static async Task<WalRecovery> ReadAsync(IFileSystem files, StorageHealth health, IReadOnlyList<long> numbers)
    {
        var recovery = new WalRecovery(files, health);
        try
        {
            for (var i = 0; i < numbers.Count; i++)
            {
                if (i > 0 && numbers[i] != numbers[i - 1] + 1)
                {
                    throw new StorageException($"{StorageNames.Segment(numbers[i - 1] + 1)} is missing, and {StorageNames.Segment(numbers[i])} is there. {Advice}");
                }

                await recovery.ReadSegmentAsync(numbers[i], isLast: i == numbers.Count - 1);
            }

            return recovery;
        }
        catch
        {
            recovery.Dispose();
            throw;
        }
    }

    /// <summary>Hands the last file over: it is the caller's to close.</summary>
    public IFile TakeLastFile()
    {
        var taken = LastFile!;
        LastFile = null;
        return taken;
    }

    /// <summary>Closes the last file, unless somebody has taken it.</summary>
    public void Dispose() => LastFile?.Dispose();

    private async Task ReadSegmentAsync(long number, bool isLast)
    {
        var name = StorageNames.Segment(number);
        var file = await StorageHealth.ReadAsync(name, () => files.OpenAsync(name));
        try
        {
            var bytes = await StorageHealth.ReadAsync(name, () => file.ReadAsync(0, checked((int)file.Length)));
            var intact = Replay(number, bytes);
            if (intact < bytes.Length || intact == 0)
            {
                RequireTornTail(name, bytes, intact, isLast);
            }

            if (intact == 0)
            {
                // A crash came while the segment was created, and so before anything was promised from it. The directory is
                // flushed before anything else is written.
                file.Dispose();
                await health.ChangeAsync(name, () => files.DeleteAsync(name));
                return;
            }

            if (intact < bytes.Length)
            {
                await health.ChangeAsync(name, () => file.TruncateAsync(intact));
            }

            LastFile?.Dispose();
            LastFile = file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <returns>Where the intact batches end.</returns>
    private int Replay(long segment, ReadOnlyMemory<byte> bytes)
    {
        var place = 0;
        while (WalBatch.TryRead(bytes, place, out var number, out var records))
        {
            var isFirstOfAll = NextBatch == 0;
            if (number != NextBatch && !isFirstOfAll)
            {
                break;
            }

            try
            {
                State.Apply(records, isFirstOfSegment: place == 0, isFirstOfAll);
            }
            catch (Exception e) when (e is FormatException or StorageException)
            {
                throw new StorageException($"{StorageNames.Segment(segment)} can't be understood at byte {place}, though its checksum holds: {e.Message}. {Advice}", e);
            }

            if (place == 0)
            {
                segments.Add(new WalSegment(segment, number, State.Log.LastIndex));
            }

            NextBatch = number + 1;
            place += WalBatch.HeaderLength + records.Length;
        }

        return place;
    }

    private void RequireTornTail(string name, ReadOnlyMemory<byte> bytes, int intact, bool isLast)
    {
        if (WalBatch.FindLater(bytes, intact, NextBatch) is var (place, number))
        {
            throw new StorageException($"{name} is damaged at byte {intact}: no intact batch {NextBatch} is there, but batch {number} is at byte {place}, and is only written once all before it are on the disk. {Advice}");
        }

        if (!isLast)
        {
            throw new StorageException($"{name} is damaged at byte {intact}: no intact batch {NextBatch} is there, but a later file is, and is only begun once all of this one is on the disk. {Advice}");
        }

        if (segments.Count == 0)
        {
            throw new StorageException($"{name} is not a write-ahead log: it does not begin with an intact checkpoint, which was on the disk before the file was used. {Advice}");
        }
    }

    private const string Advice =
        "To go on without what is lost could take back a vote or an entry that this server has promised, so nothing was changed. Remove the server from the cluster, and add a new one, with another id and an empty directory.";
}
