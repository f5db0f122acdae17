using FsCheck.Xunit;
using RaftCheck.Raft.Node;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Node;

public sealed class ProgressTests
{
    [Fact]
    public void It_begins_as_a_probe_behind_the_leaders_last_entry_with_nothing_confirmed()
    {
        var progress = new Progress(Server(1), new LogIndex(7));
        Assert.Equal((ReplicationMode.Probe, 8, 0), (progress.Mode, progress.NextIndex.Value, progress.MatchIndex.Value));
    }

    [Fact]
    public void A_follower_that_is_sent_a_snapshot_is_replicated_to_once_it_has_reached_the_leaders_log()
    {
        var progress = new Progress(Server(1), new LogIndex(20)) { Mode = ReplicationMode.Snapshot };
        progress.Confirm(new LogIndex(9), canReplicateFrom: new LogIndex(10));
        Assert.Equal(ReplicationMode.Snapshot, progress.Mode);
        progress.Confirm(new LogIndex(10), canReplicateFrom: new LogIndex(10));
        Assert.Equal((ReplicationMode.Replicate, 11), (progress.Mode, progress.NextIndex.Value));
    }

    [Property]
    public void Whatever_happens_matchIndex_only_rises_nextIndex_is_behind_it_and_a_new_window_is_empty((byte Kind, byte Index)[] steps)
    {
        var progress = new Progress(Server(1), new LogIndex(10));
        foreach (var (kind, index) in steps)
        {
            var (match, window) = (progress.MatchIndex, progress.Window);
            Step(progress, kind % 3, new LogIndex(index % 16));
            Assert.True(progress.MatchIndex >= match);
            Assert.True(progress.NextIndex > progress.MatchIndex);
            Assert.True(progress.Window >= window);
            Assert.True(progress.Window == window || (progress.InFlight == 0 && !progress.ProbeInFlight));
        }
    }

    [Property]
    public void The_mode_changes_only_together_with_the_window((byte Kind, byte Index)[] steps)
    {
        var progress = new Progress(Server(1), new LogIndex(10));
        foreach (var (kind, index) in steps)
        {
            var (mode, window) = (progress.Mode, progress.Window);
            Step(progress, kind % 3, new LogIndex(index % 16));
            Assert.True(progress.Mode == mode || progress.Window > window);
        }
    }

    private static void Step(Progress progress, int kind, LogIndex index)
    {
        switch (kind)
        {
            case 0:
                progress.Probe(index);
                break;
            case 1:
                progress.Confirm(index, canReplicateFrom: LogIndex.Zero);
                break;
            default:
                progress.InFlight++;
                progress.ProbeInFlight = progress.Mode == ReplicationMode.Probe;
                break;
        }
    }
}
