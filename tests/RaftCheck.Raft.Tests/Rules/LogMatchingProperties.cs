using FsCheck.Xunit;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Tests.Rules;

[Properties(Arbitrary = [typeof(Logs)])]
public sealed class LogMatchingProperties
{
    [Property]
    public void The_logs_converge_within_one_rejection_for_each_term_and_one_for_the_length(LogPair pair)
    {
        var (leader, follower) = (Logs.ToLog(pair.Leader), Logs.ToLog(pair.Follower));
        var limit = pair.Follower.Union(pair.Leader).Count() + 1;
        var next = leader.LastIndex.Next;
        for (var rejections = 0; LogMatching.FindConflict(follower, next.Previous, leader.TermAt(next.Previous)) is { } conflict; rejections++)
        {
            Assert.True(rejections < limit, $"More than {limit} rejections.");
            var further = ConflictBackup.NextIndex(leader, conflict);
            Assert.True(further < next, $"From {next} to {further} is not back.");
            next = further;
        }

        Accept(follower, leader.Slice(next, int.MaxValue));
        Assert.Equal(pair.Leader, follower.Entries.Take(pair.Leader.Length).Select(e => e.Term.Value));
    }

    [Property]
    public void No_conflict_means_that_the_logs_are_the_same_up_to_there(LogPair pair, byte at)
    {
        var prev = new LogIndex(at % (pair.Leader.Length + 1));
        var (leader, follower) = (Logs.ToLog(pair.Leader), Logs.ToLog(pair.Follower));
        var same = pair.Leader.Take((int)prev.Value).SequenceEqual(pair.Follower.Take((int)prev.Value));
        Assert.Equal(same, LogMatching.FindConflict(follower, prev, leader.TermAt(prev)) is null);
    }

    [Property]
    public void A_conflict_names_the_first_index_of_the_followers_term(LogPair pair, byte at, byte otherTerm)
    {
        var prev = new LogIndex(1 + (at % (pair.Follower.Length + 2)));
        var conflict = LogMatching.FindConflict(Logs.ToLog(pair.Follower), prev, new Term(otherTerm % 9));
        if (prev.Value > pair.Follower.Length)
        {
            Assert.Equal((null, pair.Follower.Length + 1), (conflict?.Term, conflict?.FirstIndex.Value));
        }
        else if (conflict is not null)
        {
            var term = pair.Follower[prev.Value - 1];
            Assert.Equal((new Term(term), Array.IndexOf(pair.Follower, term) + 1), (conflict.Term, conflict.FirstIndex.Value));
        }
    }

    [Property]
    public void What_is_present_is_the_longest_common_run(LogPair pair)
    {
        var common = pair.Leader.Zip(pair.Follower).TakeWhile(terms => terms.First == terms.Second).Count();
        Assert.Equal(common, LogMatching.CountPresent(Logs.ToLog(pair.Follower), Logs.ToLog(pair.Leader).Entries));
    }

    private static void Accept(RaftLog follower, IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries.Skip(LogMatching.CountPresent(follower, entries)))
        {
            if (entry.Index <= follower.LastIndex)
            {
                follower.TruncateFrom(entry.Index);
            }

            follower.Append(entry);
        }
    }
}
