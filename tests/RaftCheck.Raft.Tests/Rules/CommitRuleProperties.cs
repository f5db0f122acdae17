using FsCheck;
using FsCheck.Xunit;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class CommitRuleProperties
{
    [Property]
    public void A_leader_commits_the_highest_N_of_its_term_that_a_majority_has_as_Figure_2_words_it(
        byte[] terms, NonEmptyArray<byte> matches, byte committed, byte laterTerm)
    {
        var (log, currentTerm, match, commitIndex) = Situation(terms, matches, committed, laterTerm);
        var allowed = log.Entries.Where(entry => entry.Index > commitIndex
            && entry.Term == currentTerm
            && match.Count(m => m >= entry.Index) * 2 > match.Length);
        Assert.Equal(allowed.LastOrDefault()?.Index ?? commitIndex, CommitRule.LeaderCommit(log, commitIndex, currentTerm, Quorum.Reached<LogIndex>(match)));
    }

    [Property]
    public void A_leaders_commit_never_goes_back_and_never_ends_on_an_old_term(
        byte[] terms, NonEmptyArray<byte> matches, byte committed, byte laterTerm)
    {
        var (log, currentTerm, match, commitIndex) = Situation(terms, matches, committed, laterTerm);
        var next = CommitRule.LeaderCommit(log, commitIndex, currentTerm, Quorum.Reached<LogIndex>(match));
        Assert.True(next == commitIndex || (next > commitIndex && log.TermAt(next) == currentTerm));
    }

    [Property]
    public void A_followers_commit_never_goes_back_and_never_past_the_leaders_or_what_was_verified(byte commitIndex, byte leaderCommit, byte lastVerified)
    {
        var next = CommitRule.FollowerCommit(new(commitIndex), new(leaderCommit), new(lastVerified));
        Assert.True(next.Value >= commitIndex);
        Assert.True(next.Value == commitIndex || (next.Value <= leaderCommit && next.Value <= lastVerified));
        Assert.True(next.Value >= Math.Min(leaderCommit, lastVerified));
    }

    /// <summary>A log of few terms in their order, a current term at or after its last, and match indexes within it.</summary>
    private static (RaftLog Log, Term CurrentTerm, LogIndex[] Match, LogIndex CommitIndex) Situation(
        byte[] terms, NonEmptyArray<byte> matches, byte committed, byte laterTerm)
    {
        var log = Logs.ToLog(terms.Select(term => 1L + (term % 3)).Order());
        var length = log.LastIndex.Value + 1;
        return (log, new Term(log.LastTerm.Value + (laterTerm % 2)), [.. matches.Get.Select(m => new LogIndex(m % length))], new LogIndex(committed % length));
    }
}
