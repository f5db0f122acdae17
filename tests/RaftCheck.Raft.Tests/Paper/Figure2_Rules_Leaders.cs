using RaftCheck.Raft.Tests.Harness;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Paper;

/// <summary>Figure 2, rules for servers, leaders. The heartbeat interval is 50 ms here.</summary>
public sealed class Figure2_Rules_Leaders
{
    [Fact]
    public void Bullet_1_sends_AppendEntries_to_each_server_upon_election_which_carry_nothing_but_the_no_op_of_section_8()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1]);
        Assert.Equal([Server(1), Server(2)], node.Appends.Select(call => call.To));
        Assert.All(node.Appends, call =>
        {
            var noOp = Assert.Single(call.Request.Entries);
            Assert.Equal((EntryKind.NoOp, 2, 2, 0), (noOp.Kind, noOp.Index.Value, noOp.Term.Value, noOp.Command.Length));
        });
    }

    [Fact]
    public void Bullet_1_repeats_them_during_idle_periods_and_starts_no_election()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        node.Appends.Clear();
        node.Elapse(1000);
        Assert.Equal(2 * 20, node.Appends.Count);
        Assert.Equal((Role.Leader, 1), (node.Role, node.Term));
    }

    [Fact]
    public void Bullet_2_appends_a_command_to_its_log_and_responds_after_it_was_applied()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var command = new byte[] { 7 };
        var answer = node.Propose(command);
        Assert.Equal([1, 1], node.LogTerms);
        Assert.False(answer.IsCompleted);
        node.LastAppend(to: 1).Reply(Accepted(1));
        Assert.Equal(ProposeOutcome.Applied, answer.Now().Outcome);
        Assert.Equal(command, answer.Now().Result.ToArray());
    }

    [Fact]
    public void Bullet_2_responds_that_a_command_is_lost_when_another_was_applied_in_its_place()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        var answer = node.Propose(new byte[] { 7 });
        node.Ask(Append(term: 2, prev: (1, 1), entries: [2], commit: 2));
        Assert.Equal((ProposeOutcome.Superseded, Server(1)), (answer.Now().Outcome, answer.Now().LeaderHint));
    }

    [Fact]
    public void Bullet_3_sends_a_follower_the_entries_from_its_nextIndex_on()
    {
        var node = NodeUnderTest.Established(term: 2, log: [1]);
        node.Start();
        var request = node.LastAppend(to: 1).Request;
        Assert.Equal((2, 2), (request.PrevLogIndex.Value, request.PrevLogTerm.Value));
        Assert.Equal([(3, 2)], request.Entries.Select(e => (e.Index.Value, e.Term.Value)));
    }

    [Fact]
    public void Bullet_3_sends_them_again_until_the_follower_has_stored_them()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Start();
        node.LastAppend(to: 1).Reply(null);
        node.Elapse(50);
        Assert.Single(node.LastAppend(to: 1).Request.Entries);
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Elapse(50);
        Assert.Empty(node.LastAppend(to: 1).Request.Entries);
    }

    [Fact]
    public void Bullet_3_on_success_nextIndex_and_matchIndex_are_what_the_request_covered()
    {
        var node = NodeUnderTest.Leader(term: 1, log: []);
        var first = node.LastAppend(to: 1);
        node.Start();
        node.Start();
        first.Reply(Accepted(1));
        Assert.Equal(1, node.CommitIndex);
        Assert.Equal(1, node.LastAppend(to: 1).Request.PrevLogIndex.Value);
        Assert.Equal([2, 3], node.LastAppend(to: 1).Request.Entries.Select(e => e.Index.Value));
    }

    [Fact]
    public void Bullet_3_on_a_conflict_it_goes_back_and_tries_again_at_once()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1, 1]);
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 1)));
        var request = node.LastAppend(to: 1).Request;
        Assert.Equal(0, request.PrevLogIndex.Value);
        Assert.Equal([1, 1, 2], request.Entries.Select(e => e.Term.Value));
    }

    [Fact]
    public void Bullet_3_a_long_log_is_sent_in_parts_one_after_the_other()
    {
        var node = NodeUnderTest.Leader(term: 2, log: [1, 1, 1, 1, 1], options: NodeUnderTest.Plain with { MaxEntriesPerAppend = 2, MaxInFlightAppends = 1 });
        node.LastAppend(to: 1).Reply(Rejected(2, TooShort(nextIndex: 1)));
        var sent = new List<long>();
        for (var parts = 0; parts < 3; parts++)
        {
            sent.AddRange(node.LastAppend(to: 1).Request.Entries.Select(e => e.Index.Value));
            node.LastAppend(to: 1).Reply(Accepted(2));
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], sent);
    }

    [Fact]
    public void Bullet_4_commits_an_entry_of_its_term_that_a_majority_has_stored_and_not_before()
    {
        var node = NodeUnderTest.Established(term: 1, log: [], servers: 5);
        node.Start();
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.LastAppend(to: 2).Reply(null);
        Assert.Equal(1, node.CommitIndex);
        node.LastAppend(to: 3).Reply(Accepted(1));
        Assert.Equal(2, node.CommitIndex);
    }

    [Fact]
    public void Bullet_4_tells_the_followers_with_the_next_AppendEntries()
    {
        var node = NodeUnderTest.Established(term: 1, log: []);
        node.Start();
        node.LastAppend(to: 1).Reply(Accepted(1));
        node.Elapse(50);
        Assert.Equal(2, node.LastAppend(to: 2).Request.LeaderCommit.Value);
    }
}
