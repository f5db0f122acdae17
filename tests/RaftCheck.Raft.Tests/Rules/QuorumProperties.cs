using FsCheck;
using FsCheck.Xunit;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class QuorumProperties
{
    [Property]
    public void Reached_is_the_highest_index_that_more_than_half_have(NonEmptyArray<byte> matchIndexes)
    {
        var all = matchIndexes.Get.Select(i => new LogIndex(i)).ToArray();
        var naive = all.Where(candidate => all.Count(match => match >= candidate) * 2 > all.Length).Max();
        Assert.Equal(naive, Quorum.Reached<LogIndex>(all));
    }

    [Property]
    public void Reached_leaves_its_input_as_it_was(NonEmptyArray<byte> matchIndexes)
    {
        var all = matchIndexes.Get.Select(i => new LogIndex(i)).ToArray();
        var copy = all.ToArray();
        Quorum.Reached<LogIndex>(all);
        Assert.Equal(copy, all);
    }

    [Property]
    public void Any_two_majorities_share_a_server_and_a_smaller_group_would_not_do(PositiveInt clusterSize)
    {
        var (size, servers) = (Quorum.Size(clusterSize.Get), clusterSize.Get);
        Assert.True(2 * size > servers);
        Assert.True(2 * (size - 1) <= servers);
    }
}
