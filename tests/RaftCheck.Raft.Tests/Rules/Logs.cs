using FsCheck;
using FsCheck.Fluent;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Rules;

/// <summary>Two logs that servers of one cluster can have at the same time.</summary>
public sealed record LogPair(long[] Leader, long[] Follower)
{
    public override string ToString() => $"leader [{string.Join(' ', Leader)}], follower [{string.Join(' ', Follower)}]";
}

/// <summary>
/// Logs as Raft makes them: the leader of each term goes on from one of the logs there are, so that logs with the same
/// term at an index are the same up to there (Log Matching). Any two logs would not do.
/// </summary>
public static class Logs
{
    public static Arbitrary<LogPair> Pairs() => Arb.From(
        from leaders in Gen.ArrayOf(from log in Gen.Choose(0, 1000) from cut in Gen.Choose(0, 12) from length in Gen.Choose(0, 4) select (log, cut, length), 8)
        from first in Gen.Choose(0, 1000)
        from second in Gen.Choose(0, 1000)
        let logs = Grow(leaders)
        select new LogPair(logs[first % logs.Count], logs[second % logs.Count]));

    public static RaftLog ToLog(IEnumerable<long> terms)
    {
        var log = new RaftLog();
        foreach (var entry in Log([.. terms]))
        {
            log.Append(entry);
        }

        return log;
    }

    private static List<long[]> Grow((int Log, int Cut, int Length)[] leaders)
    {
        var logs = new List<long[]> { Array.Empty<long>() };
        for (var term = 1; term <= leaders.Length; term++)
        {
            var (log, cut, length) = leaders[term - 1];
            var start = logs[log % logs.Count].SkipLast(cut / 3);
            logs.Add([.. start, .. Enumerable.Repeat((long)term, length)]);
        }

        return logs;
    }
}
