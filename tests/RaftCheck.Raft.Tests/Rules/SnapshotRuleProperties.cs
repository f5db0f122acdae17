using FsCheck.Xunit;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Storage;

namespace RaftCheck.Raft.Tests.Rules;

[Properties(Arbitrary = [typeof(Logs)])]
public sealed class SnapshotRuleProperties
{
    [Property]
    public bool It_is_never_due_without_a_limit(byte applied, byte snapshot) => !SnapshotRule.IsDue(new(applied), new(snapshot), 0);

    [Property]
    public bool It_is_due_from_the_limit_on_and_not_before(byte snapshot, byte since, byte limit)
    {
        var every = 1 + (limit % 20);
        return SnapshotRule.IsDue(new(snapshot + since), new(snapshot), every) == (since >= every);
    }

    [Property]
    public bool Just_after_one_no_other_is_due(byte applied, byte limit) => !SnapshotRule.IsDue(new(applied), new(applied), 1 + limit);

    [Property]
    public void The_log_never_begins_earlier_than_before_nor_behind_what_is_on_disk_as_a_snapshot(byte baseIndex, byte behind, byte trailing)
    {
        var snapshot = baseIndex + behind;
        var upTo = SnapshotRule.CompactTo(new(baseIndex), new(snapshot), trailing).Value;
        Assert.InRange(upTo, baseIndex, snapshot);

        // Exactly the entries that are to stay do, if they are there.
        Assert.Equal(Math.Min(trailing, behind), snapshot - upTo);
    }

    [Property]
    public void The_log_is_kept_if_and_only_if_it_is_the_same_as_the_leaders_up_to_the_snapshots_end(LogPair pair, byte at)
    {
        if (pair.Leader.Length == 0)
        {
            return;
        }

        var covered = 1 + (at % pair.Leader.Length);
        var snapshot = Of(covered, pair.Leader[covered - 1]);
        var isSame = pair.Follower.Take(covered).SequenceEqual(pair.Leader.Take(covered));
        Assert.Equal(isSame, SnapshotRule.KeepsLog(Logs.ToLog(pair.Follower), snapshot));
    }

    [Property]
    public void That_the_follower_has_compacted_its_log_makes_no_difference(LogPair pair, byte at, byte compacted)
    {
        // What is compacted is committed, so it is in the leader's log too; and the snapshot covers more than it.
        var common = pair.Leader.Zip(pair.Follower).TakeWhile(terms => terms.First == terms.Second).Count();
        var upTo = compacted % (common + 1);
        if (upTo == pair.Leader.Length)
        {
            return;
        }

        var covered = upTo + 1 + (at % (pair.Leader.Length - upTo));
        var snapshot = Of(covered, pair.Leader[covered - 1]);
        var (whole, rest) = (Logs.ToLog(pair.Follower), Logs.ToLog(pair.Follower));
        rest.CompactTo(new(upTo));
        Assert.Equal(SnapshotRule.KeepsLog(whole, snapshot), SnapshotRule.KeepsLog(rest, snapshot));
    }

    private static SnapshotMetadata Of(long index, long term) => new(new(index), new(term), Given.Three, LogIndex.Zero, TimeSpan.Zero);
}
