using FsCheck.Xunit;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class AdmissionRuleProperties
{
    [Property]
    public void Whoever_is_let_in_only_by_it_the_bounds_hold_but_for_one_large_command(byte[] lengths, byte maxEntries, byte maxBytes)
    {
        var options = new RaftOptions { MaxUncommittedEntries = 1 + maxEntries, MaxUncommittedBytes = 1 + maxBytes };
        var taken = new List<byte>();
        foreach (var length in lengths)
        {
            if (AdmissionRule.MayTake(taken.Count, taken.Sum(each => (long)each), length, options))
            {
                taken.Add(length);
            }

            Assert.InRange(taken.Count, 0, options.MaxUncommittedEntries);
            Assert.True(taken.Sum(each => (long)each) <= options.MaxUncommittedBytes || taken.Count(each => each > 0) == 1);
        }
    }

    [Property]
    public bool One_that_is_alone_is_let_in_however_large(int length, byte maxEntries, byte maxBytes) =>
        AdmissionRule.MayTake(0, 0, Math.Abs(length % 1_000_000), new RaftOptions { MaxUncommittedEntries = 1 + maxEntries, MaxUncommittedBytes = 1 + maxBytes });

    [Property]
    public bool What_is_let_in_is_let_in_when_less_is_under_way(byte entries, byte bytes, byte length, byte fewer, byte less)
    {
        var options = new RaftOptions { MaxUncommittedEntries = 100, MaxUncommittedBytes = 100 };
        return !AdmissionRule.MayTake(entries, bytes, length, options)
            || AdmissionRule.MayTake(Math.Max(0, entries - fewer), Math.Max(0, bytes - less), length, options);
    }
}
