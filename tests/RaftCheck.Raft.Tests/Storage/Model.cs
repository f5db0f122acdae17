using RaftCheck.Raft.Storage;
using static RaftCheck.Raft.Tests.Harness.Shorthand;
using static RaftCheck.Raft.Tests.Storage.Given;

namespace RaftCheck.Raft.Tests.Storage;

/// <summary>
/// What a storage should hold, in the plainest way: the terms of the log from index 1 on, where it begins, and the index of the
/// latest snapshot. Immutable.
/// </summary>
/// <param name="Term">The current term.</param>
/// <param name="Vote">The vote in it, or -1.</param>
/// <param name="Base">The log begins after this index.</param>
/// <param name="Log">The term at each index up to the last, the base's included; those before it don't matter.</param>
/// <param name="Snapshot">The index of the latest snapshot, 0 for none.</param>
/// <param name="SnapshotTerm">The term of that index.</param>
internal sealed record Model(long Term, int Vote, int Base, long[] Log, int Snapshot, long SnapshotTerm)
{
    public static Model Empty { get; } = new(0, -1, 0, [], 0, 0);

    public int Last => Log.Length;

    public Model WithVote(long term, int vote) => this with { Term = term, Vote = vote };

    public Model WithEntry() => this with { Log = [.. Log, Term] };

    public Model CutFrom(int index) => this with { Log = Log[..(index - 1)] };

    public Model WithSnapshot(int index, long term) => this with { Snapshot = index, SnapshotTerm = term };

    public Model CompactedToSnapshot() => this with { Base = Snapshot };

    public Model ResetToSnapshot() => this with { Base = Snapshot, Log = [.. Enumerable.Repeat(SnapshotTerm, Snapshot)] };

    /// <summary>What a restarted server makes of it (Figure 13, rules 6 and 7).</summary>
    public Model Reopened()
    {
        var model = SnapshotTerm > Term ? WithVote(SnapshotTerm, -1) : this;
        return Snapshot <= Base ? model
            : Last >= Snapshot && Log[Snapshot - 1] == SnapshotTerm ? model.CompactedToSnapshot()
            : model.ResetToSnapshot();
    }

    /// <summary>As <see cref="Given.Show(PersistentState)"/> shows a state.</summary>
    public string Show()
    {
        var vote = Vote < 0 ? "" : Server(Vote).ToString();
        var entries = Enumerable.Range(Base + 1, Last - Base).Select(i => $"{i}:{Log[i - 1]}:{i & 0xFF:X2}{Log[i - 1] & 0xFF:X2}");
        return $"term {Term}, vote {vote}, log {Base}:{(Base == 0 ? 0 : Log[Base - 1])}|{string.Join(' ', entries)}, snapshot {(Snapshot == 0 ? "" : Snapshot)}";
    }
}
