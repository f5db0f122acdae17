using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Sessions;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Storage;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>A snapshot as a leader has it on its disk, and the InstallSnapshot requests that carry its file.</summary>
internal sealed class LeaderSnapshot
{
    private readonly byte[] file;

    private LeaderSnapshot(SnapshotMetadata metadata, byte[] file)
    {
        Metadata = metadata;
        this.file = file;
    }

    public SnapshotMetadata Metadata { get; }

    /// <summary>The file's length in bytes.</summary>
    public int Length => file.Length;

    /// <summary>Covers the entries of these terms, from index 1 on; as <see cref="Shorthand.Log"/> makes them.</summary>
    public static LeaderSnapshot Of(params long[] terms) => Of(Log(terms), Given.Three);

    /// <summary>Covers these entries.</summary>
    public static LeaderSnapshot Of(IReadOnlyList<LogEntry> entries, ClusterConfiguration configuration, long configurationIndex = 0, SessionTable? sessions = null)
    {
        var metadata = new SnapshotMetadata(entries[^1].Index, entries[^1].Term, configuration, new(configurationIndex), entries[^1].Time);
        var machine = new RecordingStateMachine();
        machine.Applied.AddRange(entries);
        var (storage, _) = new TestDisk().Open();
        using var writer = storage.BeginSnapshotAsync(metadata).Now();
        (sessions ?? new SessionTable(new RaftOptions())).Capture().WriteToAsync(writer).Done();
        machine.TakeSnapshot().WriteToAsync(writer).Done();
        writer.CommitAsync().Done();
        using var reader = storage.OpenSnapshotAsync().Now()!;
        return new LeaderSnapshot(metadata, reader.ReadFile());
    }

    /// <summary>All of it in one request.</summary>
    public InstallSnapshotRequest Whole(long term, int leader = 1) => Chunk(term, 0, Length, leader);

    /// <summary>In so many requests, of which the last is done.</summary>
    public List<InstallSnapshotRequest> Chunks(int count, long term, int leader = 1)
    {
        var size = (Length + count - 1) / count;
        return [.. Enumerable.Range(0, count).Select(i => Chunk(term, i * size, Math.Min(size, Length - (i * size)), leader))];
    }

    /// <summary>A part of the file.</summary>
    public InstallSnapshotRequest Chunk(long term, int offset, int count, int leader = 1) =>
        new(new(term), Server(leader), Metadata, offset, file.AsMemory(offset, count), Length);
}
