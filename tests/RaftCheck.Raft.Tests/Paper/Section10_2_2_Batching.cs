using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §10.2.2: entries that are there at the same time travel together, in messages of a bounded size.</summary>
public sealed class Section10_2_2_Batching
{
    [Fact]
    public void Commands_that_come_at_the_same_moment_go_in_one_request()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Do(() => Commands(node, 5));
        Assert.Equal(["2 3 4 5 6", "2 3 4 5 6"], node.Appends.Select(Entries));
    }

    [Fact]
    public void One_write_of_a_followers_disk_confirms_all_entries_of_a_request()
    {
        var node = NodeUnderTest.Follower(term: 1);
        var flushes = node.Disk.FlushCount;
        Assert.True(node.Ask(Append(term: 1, entries: [1, 1, 1, 1, 1])).Success);
        Assert.Equal(flushes + 1, node.Disk.FlushCount);
    }

    [Fact]
    public void One_answer_commits_all_entries_of_a_request()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Do(() => Commands(node, 5));
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal(6, node.CommitIndex);
        Assert.Equal([2, 3, 4, 5, 6], node.Applied);
    }

    [Fact]
    public void No_more_than_MaxEntriesPerAppend_go_in_one_request()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { MaxEntriesPerAppend = 2 });
        node.Do(() => Commands(node, 5));
        Assert.Equal(["2 3", "4 5", "6"], node.AppendsTo(1).Select(Entries));
    }

    [Fact]
    public void What_is_under_way_to_a_server_has_never_more_bytes_than_its_window_times_MaxBytesPerAppend()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: NodeUnderTest.Plain with { MaxInFlightAppends = 3, MaxBytesPerAppend = 10 });
        node.Do(() => Commands(node, 50));
        var answered = 0;
        for (var round = 0; round < 25; round++)
        {
            var underWay = node.AppendsTo(1).Skip(answered).ToList();
            Assert.InRange(underWay.Sum(call => call.Request.Entries.Sum(entry => entry.Command.Length)), 0, 3 * 10);
            if (underWay.Count > 0)
            {
                underWay[0].Reply(Accepted(1));
                answered++;
            }
        }

        Assert.Equal(51, node.CommitIndex);
    }

    /// <summary>Commands of four bytes each.</summary>
    private static void Commands(NodeUnderTest node, int count)
    {
        for (var command = 0; command < count; command++)
        {
            node.Node.Start(new byte[4]);
        }
    }

    private static string Entries(Call<Messages.AppendEntriesRequest, Messages.AppendEntriesReply> call) =>
        string.Join(' ', call.Request.Entries.Select(entry => entry.Index));
}
