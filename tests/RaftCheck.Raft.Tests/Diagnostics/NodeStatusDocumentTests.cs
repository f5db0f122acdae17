using System.Text.Json;
using RaftCheck.Raft.Diagnostics;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.ClusterMembership;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Diagnostics;

/// <summary>Proves that the status document's format is what others may rely on.</summary>
public sealed class NodeStatusDocumentTests
{
    private const string Golden =
        """
        {"version":1,"id":"n0","role":"leader","currentTerm":7,"votedFor":"n0","leader":"n0",
        "configuration":{"index":9,"voters":["n0","n1","n2"],"oldVoters":["n0","n4"],"learners":["n3"],"nextLearners":["n4"]},
        "log":{"firstIndex":5,"lastIndex":12,"lastTerm":6,"snapshotIndex":4},"commitIndex":11,"lastApplied":10,
        "followers":[{"id":"n1","mode":"replicate","matchIndex":11,"nextIndex":13,"inFlight":1,"sinceLastContactUs":1500},
        {"id":"n2","mode":"snapshot","matchIndex":0,"nextIndex":5,"inFlight":0,"sinceLastContactUs":0}]}
        """;

    [Fact]
    public void Each_field_of_a_leaders_status_is_in_the_document_in_this_order()
    {
        var status = new NodeStatus(Server(0), Role.Leader, new(7), Server(0), new(12), new(6), new(11), new(10))
        {
            LeaderHint = Server(0),
            Configuration = ClusterConfiguration.Joint(Servers(0, 1, 2), Servers(0, 4), Servers(3), Servers(4), autoLeave: true),
            ConfigurationIndex = new(9),
            FirstLogIndex = new(5),
            SnapshotIndex = new(4),
            Followers =
            [
                new(Server(1), ReplicationMode.Replicate, new(11), new(13), 1, TimeSpan.FromMicroseconds(1500)),
                new(Server(2), ReplicationMode.Snapshot, default, new(5), 0, TimeSpan.Zero),
            ],
        };
        Assert.Equal(Golden.ReplaceLineEndings(""), NodeStatusDocument.ToJson(status));
    }

    [Fact]
    public void What_a_new_follower_does_not_know_is_null_or_empty()
    {
        using var json = JsonDocument.Parse(NodeStatusDocument.ToJson(new NodeUnderTest().Node.GetStatus()));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("votedFor").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("leader").ValueKind);
        Assert.Equal(0, json.RootElement.GetProperty("followers").GetArrayLength());
    }
}
