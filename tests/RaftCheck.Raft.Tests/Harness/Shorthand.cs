using RaftCheck.Raft.Messages;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>Short names for what the scripts are made of. Servers, terms and indexes are plain numbers; the node under test is server 0.</summary>
internal static class Shorthand
{
    public static NodeId Server(int number) => new(number);

    public static LogEntry Entry(long index, long term) => new(new(index), new(term), new byte[] { (byte)index, (byte)term });

    /// <summary>The entries of these terms, from index 1 on.</summary>
    public static List<LogEntry> Log(params long[] terms) => [.. terms.Select((term, i) => Entry(i + 1, term))];

    /// <summary>An AppendEntries of server <paramref name="leader"/>, whose new entries have the given terms.</summary>
    public static AppendEntriesRequest Append(long term, (long Index, long Term) prev = default, long[]? entries = null, long commit = 0, int leader = 1) =>
        new(new(term), Server(leader), new(prev.Index), new(prev.Term), [.. (entries ?? []).Select((t, i) => Entry(prev.Index + 1 + i, t))], new(commit));

    /// <summary>A RequestVote of a server whose log ends with <paramref name="last"/>.</summary>
    public static RequestVoteRequest Vote(long term, int candidate = 1, (long Index, long Term) last = default) =>
        new(new(term), Server(candidate), new(last.Index), new(last.Term));

    /// <summary>The question of a server, whose log ends with <paramref name="last"/>, if it would win that term.</summary>
    public static RequestVoteRequest PreVote(long term, int candidate = 1, (long Index, long Term) last = default) =>
        Vote(term, candidate, last) with { IsPreVote = true };

    /// <summary>The RequestVote of a server that the leader has told to stand.</summary>
    public static RequestVoteRequest TransferVote(long term, int candidate = 1, (long Index, long Term) last = default) =>
        Vote(term, candidate, last) with { IsLeadershipTransfer = true };

    public static TimeoutNowRequest TimeoutNow(long term, int leader = 1) => new(new(term), Server(leader));

    public static RequestVoteReply Granted(long term) => new(new(term), true);

    public static RequestVoteReply Refused(long term) => new(new(term), false);

    public static AppendEntriesReply Accepted(long term) => new(new(term), true, null);

    /// <summary>A rejection; without a conflict it says no more than that the request was old.</summary>
    public static AppendEntriesReply Rejected(long term, LogConflict? conflict = null) => new(new(term), false, conflict);

    public static LogConflict TooShort(long nextIndex) => new(null, new(nextIndex));

    public static LogConflict ConflictingTerm(long term, long firstIndex) => new(new Term(term), new(firstIndex));

    /// <summary>The result of a task that must be there by now.</summary>
    public static T Now<T>(this Task<T> task)
    {
        Assert.True(task.IsCompleted, "The answer is not there yet.");
        return task.GetAwaiter().GetResult();
    }
}
