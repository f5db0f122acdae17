using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>What is done for each entry and each reply allocates nothing where it need not (docs/PERFORMANCE.md, The Raft).</summary>
public sealed class CommitPathAllocations
{
    private const int Times = 1000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_quorum_has_reached_is_found_without_an_allocation(bool joint)
    {
        NodeId[] voters = [Server(0), Server(1), Server(2), Server(3), Server(4)];
        var configuration = joint ? ClusterConfiguration.Joint(voters, voters[..3], [], [], autoLeave: true) : ClusterConfiguration.Of(voters);
        Func<NodeId, LogIndex> reachedBy = server => new LogIndex(server.Value);
        Assert.Equal(0, AllocatedBy(() => Quorum.Reached(configuration, reachedBy)));
    }

    [Fact]
    public void An_entry_joins_the_terms_of_the_log_without_an_allocation()
    {
        var terms = new LogTerms(new RaftLog());
        Assert.Equal(0, AllocatedBy(() => terms.Append(terms.LastIndex.Next, new Term(1))));
    }

    /// <summary>In bytes, by this thread, once everything has been done often enough to be set up.</summary>
    private static long AllocatedBy(Action action)
    {
        action();
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
