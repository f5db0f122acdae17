using FsCheck.Xunit;
using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Storage;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class SnapshotTransferRuleProperties
{
    [Property]
    public void Only_the_chunk_that_is_next_is_taken(byte offset, byte received)
    {
        var expected = Math.Sign(offset - received) switch
        {
            0 => ChunkOutcome.Taken,
            < 0 => ChunkOutcome.Repeated,
            _ => ChunkOutcome.OutOfOrder,
        };
        Assert.Equal(expected, SnapshotTransferRule.Judge(offset, received));
    }

    [Property]
    public void Whatever_is_lost_repeated_and_reordered_what_is_written_is_the_files_beginning_and_a_sender_that_does_as_told_gets_to_its_end(byte[] arrivals, byte length, byte chunk)
    {
        var file = Enumerable.Range(0, 1 + length).Select(i => (byte)i).ToArray();
        var size = 1 + (chunk % 30);
        var written = new List<byte>();
        foreach (var arrival in arrivals)
        {
            // Any chunk, cut anywhere, at any time.
            Receive(written, file, arrival % file.Length, size);
            Assert.Equal(file.Take(written.Count), written);
        }

        while (written.Count < file.Length)
        {
            var before = written.Count;
            Receive(written, file, before, size);
            Assert.True(written.Count > before, "It does not go on.");
        }

        Assert.Equal(file, written);
    }

    [Property]
    public bool A_chunk_continues_the_snapshot_that_it_belongs_to_wherever_it_stands(byte term, byte leader, byte index, byte offset, byte otherOffset) =>
        SnapshotTransferRule.IsContinued(Chunk(term, leader, index, offset), Chunk(term, leader, index, otherOffset));

    [Property]
    public bool A_chunk_never_continues_another_leaderships_or_another_entrys_snapshot(byte term, byte leader, byte index, byte otherTerm, byte otherLeader, byte otherIndex) =>
        SnapshotTransferRule.IsContinued(Chunk(term, leader, index), Chunk(otherTerm, otherLeader, otherIndex))
        == ((term, leader, index) == (otherTerm, otherLeader, otherIndex));

    [Property]
    public bool A_chunk_never_continues_a_file_of_another_length_or_with_another_configuration(byte term, byte leader, byte index, byte more)
    {
        var chunk = Chunk(term, leader, index);
        return !SnapshotTransferRule.IsContinued(chunk, chunk with { Length = chunk.Length + 1 + more })
            && !SnapshotTransferRule.IsContinued(chunk, chunk with { Snapshot = chunk.Snapshot with { Configuration = ClusterConfiguration.Empty } });
    }

    [Property]
    public bool Of_two_snapshots_of_a_leadership_the_one_that_covers_less_is_overtaken(byte term, byte index, byte other) =>
        SnapshotTransferRule.IsOvertaken(Chunk(term, 1, index), Chunk(term, 1, other)) == (other < index);

    [Property]
    public bool A_snapshot_of_another_leadership_is_not_overtaken_because_the_deposed_leader_sends_no_more(byte term, byte otherTerm, byte index, byte other) =>
        term == otherTerm || !SnapshotTransferRule.IsOvertaken(Chunk(term, 1, index), Chunk(otherTerm, 2, other));

    [Property]
    public bool A_leader_begins_anew_if_and_only_if_its_log_does_not_go_on_where_the_snapshot_ends(byte underWay, byte baseIndex)
    {
        // The follower needs the entry behind the snapshot next, and the leader has those behind its base.
        var hasTheNext = underWay + 1 > baseIndex;
        return SnapshotTransferRule.StartsOver(Chunk(1, 1, underWay).Snapshot, new(baseIndex)) == !hasTheNext;
    }

    [Property]
    public bool An_answer_is_progress_if_and_only_if_the_next_chunk_is_another_one_of_the_file(byte length, byte offset, short next)
    {
        var request = Chunk(1, 1, 1, offset % (length + 1)) with { Length = length };
        return SnapshotTransferRule.IsProgress(request, new(new(1), next, false)) == (next > request.Offset && next <= length);
    }

    private static void Receive(List<byte> written, byte[] file, int offset, int size)
    {
        if (SnapshotTransferRule.Judge(offset, written.Count) == ChunkOutcome.Taken)
        {
            written.AddRange(file.Skip(offset).Take(size));
        }
    }

    private static InstallSnapshotRequest Chunk(byte term, byte leader, byte index, long offset = 0) =>
        new(new(term), Server(leader), new SnapshotMetadata(new(index), new(1), Given.Three, LogIndex.Zero, TimeSpan.Zero), offset, new byte[1], 1000);
}
