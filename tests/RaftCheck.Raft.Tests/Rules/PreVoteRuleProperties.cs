using FsCheck.Xunit;
using RaftCheck.Raft.Rules;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class PreVoteRuleProperties
{
    [Property]
    public bool Nobody_is_encouraged_while_a_leader_works(byte term, byte current, byte candidateEnd, byte voterEnd) =>
        !Grants(term, current, true, candidateEnd, voterEnd);

    [Property]
    public bool Nobody_is_encouraged_to_begin_a_term_that_the_voter_has_seen(byte term, byte current, byte candidateEnd, byte voterEnd) =>
        Few(term) > Few(current) || !Grants(term, current, false, candidateEnd, voterEnd);

    [Property]
    public bool Whoever_is_encouraged_gets_the_vote_if_it_then_asks_for_it_before_others_do(byte term, byte current, bool alive, byte candidateEnd, byte voterEnd)
    {
        var vote = Vote(Few(term), last: End(candidateEnd));
        return !Grants(term, current, alive, candidateEnd, voterEnd)
            || VoteRule.Grants(vote, vote.Term, null, new Term(End(voterEnd).Term), new LogIndex(End(voterEnd).Index));
    }

    /// <summary>So that a cluster without a leader gets one: the best of any servers is encouraged by all that it asks, or learns their term.</summary>
    [Property]
    public bool Without_a_leader_a_log_that_is_as_good_is_refused_for_its_term_alone(byte term, byte current, byte end) =>
        Grants(term, current, false, end, end) == (Few(term) > Few(current));

    [Property]
    public bool A_better_log_and_a_later_term_never_harm(byte term, byte current, bool alive, byte candidateEnd, byte voterEnd) =>
        !Grants(term, current, alive, candidateEnd, voterEnd)
        || PreVoteRule.Grants(PreVote(Few(term) + 1, last: (End(candidateEnd).Index + 1, End(candidateEnd).Term)), new Term(Few(current)), alive, new Term(End(voterEnd).Term), new LogIndex(End(voterEnd).Index));

    private static bool Grants(byte term, byte current, bool alive, byte candidateEnd, byte voterEnd) =>
        PreVoteRule.Grants(PreVote(Few(term), last: End(candidateEnd)), new Term(Few(current)), alive, new Term(End(voterEnd).Term), new LogIndex(End(voterEnd).Index));

    /// <summary>Few values, so that equal ones are common.</summary>
    private static long Few(byte value) => value % 4;

    private static (long Index, long Term) End(byte value) => (value % 3, value / 3 % 3);
}
