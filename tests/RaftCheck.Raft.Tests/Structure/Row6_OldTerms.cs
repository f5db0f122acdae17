using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Structure;

/// <summary>Row 6: a request of an old term changes nothing, in any role.</summary>
public sealed class Row6_OldTerms
{
    [Theory]
    [InlineData(Role.Follower)]
    [InlineData(Role.Candidate)]
    [InlineData(Role.Leader)]
    public void A_request_of_an_old_term_changes_nothing(Role role)
    {
        var node = NodeUnderTest.Follower(4, 3, 4);
        if (role == Role.Candidate)
        {
            node.AwaitElection();
        }
        else if (role == Role.Leader)
        {
            node.BecomeLeader();
        }

        var log = node.LogTerms;
        var before = (node.Node.GetStatus(), node.Disk.Length, node.Randomness.Draws.Count);
        Assert.Equal(Refused(node.Term), node.Ask(Vote(term: 3, last: (9, 3))));
        Assert.Equal(Rejected(node.Term), node.Ask(Append(term: 3, prev: (1, 3), entries: [3], commit: 2)));
        Assert.Equal(before, (node.Node.GetStatus(), node.Disk.Length, node.Randomness.Draws.Count));
        Assert.Equal(log, node.LogTerms);
    }
}
