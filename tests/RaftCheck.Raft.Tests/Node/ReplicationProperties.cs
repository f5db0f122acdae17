using FsCheck.Xunit;
using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Tests.Harness;
using RaftCheck.Raft.Tests.Rules;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Node;

/// <summary>
/// A real leader and a real follower, with any logs that they can have, and a network that loses, repeats and reorders
/// what is between them.
/// </summary>
[Properties(Arbitrary = [typeof(Logs)])]
public sealed class ReplicationProperties
{
    private const long Term = 10;

    [Property]
    public void Whatever_the_network_does_nothing_is_committed_that_the_follower_lacks_and_in_the_end_the_logs_are_equal(LogPair pair, (byte What, byte Which)[] events)
    {
        var link = new Link(pair);
        foreach (var (what, which) in events)
        {
            link.Do(what, which);
            link.AssertSafe();
        }

        link.LoseAll();
        for (var heartbeats = 0; !link.IsConverged; heartbeats++)
        {
            Assert.True(heartbeats < 40, $"After {heartbeats} heartbeats that were all delivered: {link}");
            link.DeliverAll();
            link.AssertSafe();
        }
    }

    /// <summary>The leader is server 0 of three, and the follower its server 1. Server 2 is down.</summary>
    private sealed class Link
    {
        private readonly NodeUnderTest leader;
        private readonly NodeUnderTest follower;
        private readonly List<Call<AppendEntriesRequest, AppendEntriesReply>> calls = [];
        private readonly List<(Call<AppendEntriesRequest, AppendEntriesReply> Call, AppendEntriesReply? Reply)> replies = [];
        private readonly HashSet<Call<AppendEntriesRequest, AppendEntriesReply>> ended = [];
        private long followersCommit;

        public Link(LogPair pair)
        {
            leader = NodeUnderTest.Leader(Term, pair.Leader, options: NodeUnderTest.Plain with { MaxEntriesPerAppend = 2, MaxInFlightAppends = 3 });
            follower = NodeUnderTest.Follower(Term - 1, pair.Follower);
        }

        /// <summary>The leader has the whole log committed, and the follower has the same log.</summary>
        public bool IsConverged => leader.CommitIndex == leader.LogTerms.Length && follower.LogTerms.SequenceEqual(leader.LogTerms);

        public void Do(byte what, byte which)
        {
            Collect();
            switch (what % 8)
            {
                case 0:
                    leader.Start();
                    break;
                case 1:
                    leader.Elapse(50);
                    break;
                case 2:
                    End(which % Math.Max(1, replies.Count), lost: true);
                    break;
                case 3 when calls.Count > 0:
                    End(calls[which % calls.Count], null);
                    break;
                case 3 or 4:
                    End(which % Math.Max(1, replies.Count), lost: false);
                    break;
                default:
                    // Any request so far, so also one that was delivered before, or whose caller no longer waits.
                    Deliver(which % Math.Max(1, calls.Count));
                    break;
            }
        }

        /// <summary>Whoever still waits finds out that nothing came.</summary>
        public void LoseAll()
        {
            Collect();
            calls.ForEach(call => End(call, null));
            replies.Clear();
            calls.Clear();
        }

        /// <summary>A heartbeat, and all that follows from it, without any fault.</summary>
        public void DeliverAll()
        {
            leader.Elapse(50);
            for (Collect(); calls.Count > 0; Collect())
            {
                Deliver(0);
                calls.RemoveAt(0);
                End(0, lost: false);
            }
        }

        public void AssertSafe()
        {
            var committed = (int)leader.CommitIndex;
            Assert.True(
                follower.LogTerms.Take(committed).SequenceEqual(leader.LogTerms.Take(committed)),
                $"The leader has committed what is on no other server: {this}");
            Assert.True(follower.CommitIndex >= followersCommit && follower.CommitIndex <= committed, $"The follower's commit index was {followersCommit}: {this}");
            followersCommit = follower.CommitIndex;
        }

        public override string ToString() =>
            $"leader [{string.Join(' ', leader.LogTerms)}] committed {leader.CommitIndex}, follower [{string.Join(' ', follower.LogTerms)}] committed {follower.CommitIndex}";

        private void Collect()
        {
            calls.AddRange(leader.AppendsTo(1));
            leader.Appends.Clear();
        }

        private void Deliver(int which)
        {
            if (which < calls.Count)
            {
                replies.Add((calls[which], follower.Ask(calls[which].Request)));
            }
        }

        private void End(int which, bool lost)
        {
            if (which < replies.Count)
            {
                var (call, reply) = replies[which];
                replies.RemoveAt(which);
                End(call, lost ? null : reply);
            }
        }

        /// <summary>A call ends once: of several replies, the first one to arrive counts.</summary>
        private void End(Call<AppendEntriesRequest, AppendEntriesReply> call, AppendEntriesReply? reply)
        {
            if (ended.Add(call))
            {
                call.Reply(reply);
            }
        }
    }
}
