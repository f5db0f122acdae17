using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;
using static RaftCheck.Raft.Tests.Storage.Given;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>
/// Plays random operations on a storage, as a node would, beside the model of it, until the script or the machine ends.
/// Operations that make no sense at their moment are left out.
/// </summary>
internal sealed class StorageScript
{
    private readonly TestDisk disk;
    private readonly RaftStorage storage;

    /// <summary>What was collected so far.</summary>
    private Model collected;

    public StorageScript(TestDisk disk, int segmentBytes, Model model)
    {
        this.disk = disk;
        (storage, _) = disk.Open(segmentBytes);
        collected = Durable = Possible = model;
    }

    /// <summary>What was promised.</summary>
    public Model Durable { get; private set; }

    /// <summary>What may be there instead: the change that was under way is whole.</summary>
    public Model Possible { get; private set; }

    /// <summary>The numbers of the batches so far, and how long their files were before and after each.</summary>
    public List<(string File, int From, int To)> Batches { get; } = [];

    /// <summary>Plays a script.</summary>
    /// <returns>False if the machine stopped in the middle.</returns>
    public bool Play(IEnumerable<(int Kind, int Value)> script)
    {
        foreach (var (kind, value) in script)
        {
            if (!Do(kind, value))
            {
                return false;
            }
        }

        return true;
    }

    private bool Do(int kind, int value)
    {
        switch (kind)
        {
            case 0:
                collected = collected.WithVote(collected.Term + 1 + (value % 2), (value % 4) - 1);
                storage.AddTermAndVote(new(collected.Term), collected.Vote < 0 ? null : Server(collected.Vote));
                return true;
            case 1 or 2 or 3:
                collected = collected.WithEntry();
                storage.AddEntry(Entry(collected.Last, collected.Term));
                return true;
            case 4 when collected.Last > Math.Max(collected.Base, collected.Snapshot):
                var from = Math.Max(collected.Base, collected.Snapshot) + 1 + (value % (collected.Last - Math.Max(collected.Base, collected.Snapshot)));
                collected = collected.CutFrom(from);
                storage.AddTruncation(new(from));
                return true;
            case 5 or 6 or 7:
                return Write();
            case 8 when collected.Last > collected.Snapshot:
                var index = collected.Snapshot + 1 + (value % (collected.Last - collected.Snapshot));
                return Snapshot(index, collected.Log[index - 1]) && Compact();
            case 9:
                return Snapshot(Math.Max(collected.Snapshot, collected.Base) + 1 + (value % 9), collected.Term) && Reset();
            case 10:
                return HasReturned(storage.DeleteObsoleteAsync());
            default:
                return true;
        }
    }

    /// <summary>Whether the machine has got so far. An operation that fails on a disk that does not is a defect.</summary>
    private static bool HasReturned(Task task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }

        return task.IsCompleted;
    }

    private bool Write()
    {
        Possible = collected with { Snapshot = Durable.Snapshot, SnapshotTerm = Durable.SnapshotTerm };
        var records = storage.TakePending();
        var lengths = disk.Names.ToDictionary(name => name, name => disk[name].Content.Length);
        if (!HasReturned(storage.WriteAsync(records)))
        {
            return false;
        }

        foreach (var name in disk.Names.Where(name => name.StartsWith("wal", StringComparison.Ordinal) && disk[name].Content.Length > lengths.GetValueOrDefault(name)))
        {
            Batches.Add((name, lengths.GetValueOrDefault(name), disk[name].Content.Length));
        }

        Durable = Possible;
        return true;
    }

    private bool Snapshot(int index, long term)
    {
        // Another server's snapshot ends with an entry of a term that this server has heard of, not always durably.
        Possible = Durable.WithSnapshot(index, term);
        using var writer = storage.BeginSnapshotAsync(Given.Snapshot(index, term)).Now();
        if (!HasReturned(writer.WriteAsync(Body(index))) || !HasReturned(writer.CommitAsync()))
        {
            return false;
        }

        Durable = Possible;
        collected = collected.WithSnapshot(index, term);
        return true;
    }

    private bool Compact()
    {
        storage.AddCompaction(new(collected.Snapshot), new(collected.SnapshotTerm));
        collected = collected.CompactedToSnapshot();
        return true;
    }

    private bool Reset()
    {
        storage.AddReset(new(collected.Snapshot), new(collected.SnapshotTerm));
        collected = collected.ResetToSnapshot();
        return true;
    }
}
