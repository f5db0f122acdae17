using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
using RaftCheck.Raft.Tests.Storage;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Dissertation, §5.1 (§7 of the paper): what a server's own snapshot covers, and what of the log goes with it.</summary>
public sealed class Chapter5_1_Snapshots
{
    private static readonly RaftOptions NoTrail = NodeUnderTest.Plain with { SnapshotTrailingEntries = 0 };

    [Fact]
    public void It_covers_what_is_applied_and_neither_what_is_only_committed_nor_what_is_only_in_the_log()
    {
        var slow = new TaskCompletionSource();
        var node = new NodeUnderTest(options: NoTrail);
        node.Machine.Apply = entry => entry.Index.Value == 3 ? slow.Task : Task.CompletedTask;
        node.Ask(Append(term: 1, entries: [1, 1, 1, 1, 1], commit: 4));
        var taken = node.TakeSnapshot();
        Assert.False(taken.IsCompleted);
        Assert.DoesNotContain(node.Disk.Names, StorageNames.IsTemporary);

        // The applier is asked between two entries, and 4 comes behind it.
        node.Do(slow.SetResult);
        Assert.Equal(3, taken.Now()!.LastIncludedIndex.Value);
        Assert.Equal([1, 2, 3], Restarted(node).Applied);
        Assert.Equal((3, 5), (node.BaseIndex, node.Node.GetStatus().LastLogIndex.Value));
    }

    [Fact]
    public void Its_metadata_are_the_index_and_term_of_the_last_included_entry_and_the_configuration()
    {
        var node = new NodeUnderTest(options: NoTrail);
        node.Ask(Append(term: 4, entries: [1, 3, 4], commit: 2));
        var expected = new SnapshotMetadata(new(2), new(3), Given.Three, LogIndex.Zero, TimeSpan.Zero);
        Assert.Equal(expected, node.TakeSnapshot().Now());
        Assert.Equal(expected, node.Disk.AfterPowerFailure().Open().State.Snapshot);
    }

    [Fact]
    public void Its_configuration_is_the_one_as_of_its_last_entry_though_a_later_one_is_in_use()
    {
        var (five, four) = (ClusterConfiguration.Of(Servers(5)), ClusterConfiguration.Of(Servers(4)));
        var node = new NodeUnderTest(options: NoTrail);
        node.Ask(WithConfigurations(five, four) with { LeaderCommit = new(3) });
        Assert.Equal(four, node.Node.GetStatus().Configuration);
        var taken = node.TakeSnapshot().Now()!;
        Assert.Equal((3, five, 2), (taken.LastIncludedIndex.Value, taken.Configuration, taken.ConfigurationIndex.Value));
        Assert.Equal(four, node.Node.GetStatus().Configuration);
    }

    [Fact]
    public void A_configuration_that_is_rolled_back_gives_way_to_the_one_in_the_snapshot()
    {
        // The entries of both configurations are gone: one is compacted away, the other one truncated.
        var (five, four) = (ClusterConfiguration.Of(Servers(5)), ClusterConfiguration.Of(Servers(4)));
        var node = new NodeUnderTest(options: NoTrail);
        node.Ask(WithConfigurations(five, four) with { LeaderCommit = new(3) });
        node.TakeSnapshot().Now();
        Assert.True(node.Ask(Append(term: 2, prev: (3, 1), entries: [2], leader: 2)).Success);
        foreach (var status in new[] { node, Restarted(node) }.Select(each => each.Node.GetStatus()))
        {
            Assert.Equal((five, 2), (status.Configuration, status.ConfigurationIndex.Value));
        }
    }

    [Fact]
    public void The_log_goes_up_to_the_snapshots_last_entry_and_the_storage_with_it()
    {
        var node = new NodeUnderTest(options: NoTrail with { WalSegmentBytes = 1 });
        node.Ask(Append(term: 1, entries: [1, 1, 1, 1], commit: 3));
        Assert.Equal(1, node.Node.GetStatus().FirstLogIndex.Value);
        node.TakeSnapshot().Now();
        Assert.Equal((3, 4, 3), (node.BaseIndex, node.Node.GetStatus().FirstLogIndex.Value, node.Node.GetStatus().SnapshotIndex.Value));
        node.Disk.AfterPowerFailure().Open().State.ShouldBe("term 1, vote , log 3:1|4:1:0401, snapshot 3");

        // The segments before the one that begins with the compacted log.
        node.Ask(Append(term: 1, prev: (4, 1), entries: [1], commit: 4));
        node.TakeSnapshot().Now();
        Assert.DoesNotContain(Given.FirstSegment, node.Disk.Names);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 3)]
    [InlineData(5, 0)]
    [InlineData(9, 0)]
    public void Some_of_the_entries_that_it_covers_stay_for_followers_that_are_only_a_little_behind(int trailing, long baseIndex)
    {
        var node = new NodeUnderTest(options: NodeUnderTest.Plain with { SnapshotTrailingEntries = trailing });
        node.Ask(Append(term: 1, entries: [1, 1, 1, 1, 1, 1], commit: 5));
        Assert.Equal(5, node.TakeSnapshot().Now()!.LastIncludedIndex.Value);
        Assert.Equal((baseIndex, 6 - baseIndex), (node.BaseIndex, node.LogTerms.Length));
    }

    [Fact]
    public void A_restarted_server_has_the_snapshot_and_the_rest_of_its_log_and_applies_no_entry_twice()
    {
        var node = new NodeUnderTest(options: NoTrail);
        node.Ask(Append(term: 1, entries: [1, 1, 1, 1, 1], commit: 3));
        node.TakeSnapshot().Now();
        var restarted = Restarted(node);
        var status = restarted.Node.GetStatus();
        Assert.Equal((3, 3, 5), (status.CommitIndex.Value, status.LastApplied.Value, status.LastLogIndex.Value));
        Assert.Equal([1, 2, 3], restarted.Applied);
        Assert.True(restarted.Ask(Append(term: 1, prev: (5, 1), commit: 5)).Success);
        Assert.Equal([1, 2, 3, 4, 5], restarted.Applied);
        Assert.Equal(1, restarted.Machine.Restores);
    }

    [Fact]
    public void A_command_that_is_repeated_is_not_executed_again_although_its_first_entry_is_only_in_the_snapshot()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], options: NoTrail);
        var session = Answered(node, () => node.Node.RegisterClientAsync()).Index;
        var command = new ClientSequence(session.Value, 1);
        Answered(node, () => node.Node.ProposeAsync("a"u8.ToArray(), command));
        node.TakeSnapshot().Now();
        Assert.Empty(node.LogTerms);

        var restarted = Restarted(node);
        restarted.BecomeLeader();
        restarted.LastAppend(to: 1).Reply(Accepted(restarted.Term));
        Assert.Equal("a"u8, Answered(restarted, () => restarted.Node.ProposeAsync("a"u8.ToArray(), command)).Result.Span);
        Assert.Single(restarted.Applied);
    }

    [Fact]
    public void A_candidate_whose_log_is_all_compacted_still_asks_with_its_last_entry_and_a_voter_still_compares_it()
    {
        var node = new NodeUnderTest(options: NoTrail);
        node.Ask(Append(term: 3, entries: [1, 3], commit: 2));
        node.TakeSnapshot().Now();
        Assert.False(node.Ask(Vote(term: 4, last: (9, 2))).VoteGranted);
        Assert.True(node.Ask(Vote(term: 4, last: (2, 3))).VoteGranted);
        node.AwaitElection();
        Assert.All(node.Votes, call => Assert.Equal(Vote(term: 5, candidate: 0, last: (2, 3)), call.Request));
    }

    [Fact]
    public void A_request_that_begins_before_the_compacted_log_agrees_with_it_and_changes_nothing_of_it()
    {
        var node = new NodeUnderTest(options: NoTrail);
        node.Ask(Append(term: 2, entries: [1, 1, 2, 2], commit: 3));
        node.TakeSnapshot().Now();
        Assert.True(node.Ask(Append(term: 2, prev: (1, 1), entries: [1])).Success);
        Assert.True(node.Ask(Append(term: 2, prev: (2, 1))).Success);
        Assert.True(node.Ask(Append(term: 2, entries: [1, 1, 2, 2, 2], commit: 5)).Success);
        Assert.Equal([2, 2], node.LogTerms);
        Assert.Empty(node.Truncations);
        Assert.Equal([1, 2, 3, 4, 5], node.Applied);

        // Where the log begins, its term is known: it is not "term 0", which anything would match.
        Assert.False(node.Ask(Append(term: 3, prev: (3, 3), entries: [3])).Success);
    }

    private static Messages.AppendEntriesRequest WithConfigurations(ClusterConfiguration second, ClusterConfiguration fourth)
    {
        var request = Append(term: 1, entries: [1, 1, 1, 1]);
        return request with { Entries = [request.Entries[0], Configuration(2, second), request.Entries[2], Configuration(4, fourth)] };
    }

    private static LogEntry Configuration(long index, ClusterConfiguration configuration) =>
        new(new(index), new(1), configuration.Encode()) { Kind = EntryKind.Configuration };

    private static IEnumerable<NodeId> Servers(int count) => Enumerable.Range(0, count).Select(Server);

    private static ProposeResult Answered(NodeUnderTest node, Func<Task<ProposeResult>> call)
    {
        Task<ProposeResult>? answer = null;
        node.Do(() => answer = call());
        node.LastAppend(to: 1).Reply(Accepted(node.Term));
        Assert.Equal(ProposeOutcome.Applied, answer!.Now().Outcome);
        return answer!.Now();
    }

    private static NodeUnderTest Restarted(NodeUnderTest node) => new(disk: node.Disk.AfterPowerFailure(), options: NoTrail);
}
