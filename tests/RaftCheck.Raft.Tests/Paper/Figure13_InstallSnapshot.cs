using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>
/// Figure 13, InstallSnapshot RPC, receiver implementation. Every chunk announces the whole file's length, so that "done"
/// can be told without a flag, and every answer says where the leader goes on.
/// </summary>
public sealed class Figure13_InstallSnapshot
{
    [Fact]
    public void Rule_1_replies_immediately_to_an_older_term_and_tells_its_own()
    {
        var node = NodeUnderTest.Follower(5, 5);
        var files = node.Disk.Names;
        Assert.Equal(NotInstalled(5), node.Ask(LeaderSnapshot.Of(1, 2, 3).Whole(term: 4)));
        Assert.Equal((1, 0), (node.LogTerms.Length, node.CommitIndex));
        Assert.Equal(files, node.Disk.Names);
        Assert.Empty(node.SnapshotEvents);
    }

    [Fact]
    public void Rule_1_an_older_term_does_not_restart_the_election_timeout_and_the_current_one_does()
    {
        var (old, current) = (NodeUnderTest.Follower(term: 2), NodeUnderTest.Follower(term: 2));
        old.Elapse(140);
        current.Elapse(140);
        old.Ask(LeaderSnapshot.Of(1).Chunk(term: 1, 0, 10));
        current.Ask(LeaderSnapshot.Of(1).Chunk(term: 2, 0, 10));
        old.Elapse(10);
        current.Elapse(140);
        Assert.Equal((Role.Candidate, Role.Follower), (old.Role, current.Role));
    }

    [Fact]
    public void Rule_1_a_newer_term_is_adopted_and_the_leader_followed()
    {
        var node = new NodeUnderTest();
        node.AwaitElection();
        Assert.Equal(new(new(7), 10, false), node.Ask(LeaderSnapshot.Of(1).Chunk(term: 7, 0, 10, leader: 2)));
        Assert.Equal((Role.Follower, 7, null, Server(2)), (node.Role, node.Term, node.VotedFor, node.Node.GetStatus().LeaderHint));
    }

    [Fact]
    public void Rule_2_creates_a_new_file_at_the_first_chunk_and_at_no_other()
    {
        var node = NodeUnderTest.Follower(term: 1);
        var chunks = LeaderSnapshot.Of(1, 1, 1).Chunks(3, term: 1);
        Assert.Equal(NotInstalled(1), node.Ask(chunks[1]));
        Assert.DoesNotContain(node.Disk.Names, StorageNames.IsTemporary);
        node.Ask(chunks[0]);
        Assert.Single(node.Disk.Names, StorageNames.IsTemporary);
    }

    [Fact]
    public void Rule_3_writes_the_data_at_its_offset_and_each_byte_once()
    {
        var node = NodeUnderTest.Follower(term: 1);
        var chunks = LeaderSnapshot.Of(1, 1, 1).Chunks(3, term: 1);
        var end = chunks[2].Offset;
        Assert.Equal(chunks[1].Offset, node.Ask(chunks[0]).NextOffset);
        Assert.Equal(end, node.Ask(chunks[1]).NextOffset);
        Assert.Equal(end, node.Ask(chunks[0]).NextOffset);
        Assert.Equal(end, node.Ask(chunks[1]).NextOffset);
        var file = node.Disk[node.Disk.Names.Single(StorageNames.IsTemporary)].Content;
        Assert.Equal([.. chunks[0].Data.ToArray(), .. chunks[1].Data.ToArray()], file);
    }

    [Fact]
    public void Rule_4_replies_and_waits_for_more_chunks_until_it_is_done()
    {
        var node = NodeUnderTest.Follower(2, 1, 2);
        foreach (var chunk in LeaderSnapshot.Of(1, 1, 2, 2).Chunks(4, term: 2).SkipLast(1))
        {
            Assert.Equal(new(new(2), chunk.Offset + chunk.Data.Length, false), node.Ask(chunk));
        }

        Assert.Equal([1, 2], node.LogTerms);
        Assert.Equal((0, 0, 0), (node.CommitIndex, node.Machine.Restores, node.Node.GetStatus().SnapshotIndex.Value));
        Assert.DoesNotContain(node.Disk.Names, StorageNames.IsSnapshot);
    }

    [Fact]
    public void Rule_5_saves_the_snapshot_and_discards_the_one_before_it()
    {
        var node = NodeUnderTest.Follower(term: 1);
        Assert.True(node.Ask(LeaderSnapshot.Of(1, 1).Whole(term: 1)).Installed);
        Assert.True(node.Ask(LeaderSnapshot.Of(1, 1, 1, 1).Whole(term: 1)).Installed);
        Assert.Equal(StorageNames.Snapshot(new(4), new(1)), Assert.Single(node.Disk.Names, StorageNames.IsSnapshot));
        Assert.Equal(4, Restarted(node).Node.GetStatus().SnapshotIndex.Value);
    }

    [Fact]
    public void Rule_5_discards_a_partial_snapshot_with_a_smaller_index()
    {
        var node = NodeUnderTest.Follower(term: 1);
        var (partial, newer) = (LeaderSnapshot.Of(1, 1), LeaderSnapshot.Of(1, 1, 1));
        node.Ask(partial.Chunks(2, term: 1)[0]);
        Assert.Equal(newer.Chunks(2, term: 1)[1].Offset, node.Ask(newer.Chunks(2, term: 1)[0]).NextOffset);
        Assert.Single(node.Disk.Names, StorageNames.IsTemporary);
        Assert.Equal(NotInstalled(1), node.Ask(partial.Chunks(2, term: 1)[1]));
        Assert.True(node.Ask(newer.Chunks(2, term: 1)[1]).Installed);
        Assert.Equal([1, 2, 3], node.Applied);
    }

    [Fact]
    public void Rule_6_retains_what_follows_the_last_included_entry_if_the_log_has_it()
    {
        var node = NodeUnderTest.Follower(2, 1, 1, 2, 2, 2);
        Assert.Equal(Installed(2, LeaderSnapshot.Of(1, 1, 2)), node.Ask(LeaderSnapshot.Of(1, 1, 2).Whole(term: 2)));
        Assert.Equal((3, 3), (node.BaseIndex, node.CommitIndex));
        Assert.Equal([2, 2], node.LogTerms);
        Assert.Contains("installed 3 log kept", node.SnapshotEvents);
        Assert.True(node.Ask(Append(term: 2, prev: (5, 2), commit: 5)).Success);
        Assert.Equal([1, 2, 3, 4, 5], node.Applied);
    }

    [Theory]
    [InlineData(2)] // The log ends before.
    [InlineData(4)] // It has another entry there.
    public void Rule_7_discards_the_entire_log_if_it_has_not(int length)
    {
        var node = NodeUnderTest.Follower(2, [.. new long[] { 1, 1, 2, 2 }.Take(length)]);
        Assert.True(node.Ask(LeaderSnapshot.Of(1, 1, 3).Whole(term: 3)).Installed);
        Assert.Empty(node.LogTerms);
        Assert.Equal((3, 3, 3), (node.BaseIndex, node.CommitIndex, node.Node.GetStatus().LastLogIndex.Value));
        Assert.Contains("installed 3 log discarded", node.SnapshotEvents);
        Assert.False(node.Ask(Append(term: 3, prev: (4, 2))).Success);
        Assert.True(node.Ask(Append(term: 3, prev: (3, 3), entries: [3], commit: 4)).Success);
        Assert.Equal([1, 2, 3, 4], node.Applied);
    }

    [Fact]
    public void Rule_8_resets_the_state_machine_to_the_snapshots_contents()
    {
        // What it has applied is there once, although the snapshot has it too.
        var node = NodeUnderTest.Follower(term: 1);
        node.Ask(Append(term: 1, entries: [1, 1], commit: 2));
        node.Ask(LeaderSnapshot.Of(1, 1, 1, 1).Whole(term: 1));
        Assert.Equal(Log(1, 1, 1, 1).Select(e => e.Command.ToArray()), node.Machine.Applied.Select(e => e.Command.ToArray()));
        Assert.Equal((1, 4), (node.Machine.Restores, node.Node.GetStatus().LastApplied.Value));
    }

    [Fact]
    public void Rule_8_loads_the_snapshots_cluster_configuration()
    {
        var node = NodeUnderTest.Follower(term: 1);
        var four = ClusterConfiguration.Of([Server(0), Server(1), Server(2), Server(3)]);
        node.Ask(LeaderSnapshot.Of(Log(1, 1, 1), four, configurationIndex: 2).Whole(term: 1));
        foreach (var status in new[] { node, Restarted(node) }.Select(each => each.Node.GetStatus()))
        {
            Assert.Equal((four, 2), (status.Configuration, status.ConfigurationIndex.Value));
        }
    }

    [Fact]
    public void A_snapshot_is_confirmed_only_when_it_and_the_logs_new_beginning_are_on_disk()
    {
        var node = NodeUnderTest.Follower(term: 1);
        var snapshot = LeaderSnapshot.Of(1, 1, 1);
        node.Disk.HoldFlushes = true;
        var reply = node.Send(snapshot.Whole(term: 1));
        foreach (var step in new[] { "the file", "its name", "the log" })
        {
            Assert.False(reply.IsCompleted, $"It was answered before the flush of {step}.");
            Assert.Equal(step == "the log" ? 3 : 0, node.Node.GetStatus().SnapshotIndex.Value);
            node.CompleteFlush();
        }

        Assert.Equal(Installed(1, snapshot), reply.Now());
    }

    private static InstallSnapshotReply NotInstalled(long term) => new(new(term), 0, false);

    private static InstallSnapshotReply Installed(long term, LeaderSnapshot snapshot) => new(new(term), snapshot.Length, true);

    private static NodeUnderTest Restarted(NodeUnderTest node) => new(disk: node.Disk.AfterPowerFailure());
}
