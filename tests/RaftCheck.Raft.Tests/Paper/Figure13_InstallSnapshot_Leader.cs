using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.SendingSnapshot;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Figure 13, InstallSnapshot RPC, arguments and results: what a leader sends, and what it makes of the answers.</summary>
public sealed class Figure13_InstallSnapshot_Leader
{
    [Fact]
    public void Arguments_term_and_leaderId_are_the_leaders_and_the_rest_says_what_the_snapshot_stands_for()
    {
        var request = ToServer1().LastChunk().Request;
        Assert.Equal((2, Server(0)), (request.Term.Value, request.LeaderId));
        Assert.Equal((4, 2), (request.Snapshot.LastIncludedIndex.Value, request.Snapshot.LastIncludedTerm.Value));
        Assert.Equal((ClusterConfiguration.Of([Server(0), Server(1), Server(2)]), 0), (request.Snapshot.Configuration, request.Snapshot.ConfigurationIndex.Value));
    }

    [Fact]
    public void Arguments_offset_and_data_are_the_file_piece_by_piece_and_only_the_last_chunk_is_done()
    {
        var node = ToServer1();
        node.TakeAllChunks();
        var requests = node.Snapshots.Select(call => call.Request).ToList();
        Assert.All(requests, request => Assert.Equal((request == requests[^1], true), (request.Done, request.Data.Length <= ChunkBytes)));
        Assert.Equal([0, 50, 100, 150], requests.Take(4).Select(request => request.Offset));

        var name = Assert.Single(node.Disk.Names, RaftCheck.Raft.Storage.StorageNames.IsSnapshot);
        Assert.Equal(node.Disk[name].Content, requests.SelectMany(request => request.Data.ToArray()));
    }

    [Fact]
    public void Results_a_newer_term_makes_the_leader_a_follower()
    {
        var node = ToServer1();
        node.LastChunk().Reply(GoOnAt(0, term: 9));
        Assert.Equal((Role.Follower, 9), (node.Role, node.Term));
        node.Elapse(100);
        Assert.Single(node.Snapshots);
    }

    [Fact]
    public void Results_a_follower_that_has_the_snapshot_counts_for_what_it_covers_and_for_no_more()
    {
        // The leader's log and its latest snapshot are further by now: neither says what the follower has.
        var node = ToServer1(servers: 5);
        for (var commands = 0; commands < 3; commands++)
        {
            node.Commit(2, 3);
        }

        node.Snapshot();
        node.Start();
        node.LastAppend(to: 2).Reply(Accepted(2));
        node.TakeAllChunks();
        Assert.Equal(7, node.CommitIndex);
        Assert.Equal(7, node.LastChunk().Request.Snapshot.LastIncludedIndex.Value);
    }

    [Fact]
    public void An_answer_of_an_older_term_is_not_looked_at()
    {
        var node = ToServer1();
        node.LastChunk().Reply(GoOnAt(50, term: 1));
        Assert.Equal([0], node.Offsets());
        node.Elapse(50);
        Assert.Equal([0, 0], node.Offsets());
    }
}
