using FsCheck.Xunit;
using RaftCheck.Raft.Rules;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class VoteRuleProperties
{
    [Property]
    public bool A_vote_is_granted_only_in_the_current_term_to_whom_it_was_not_refused_and_with_an_up_to_date_log(
        byte term, byte candidate, byte? votedFor, byte candidateEnd, byte voterEnd)
    {
        var (currentTerm, requestTerm) = (new Term(2), term % 4);
        var earlier = votedFor is { } vote ? Server(vote % 2) : (NodeId?)null;
        var request = Vote(requestTerm, candidate % 2, last: (candidateEnd % 4, 1));
        var expected = requestTerm == 2 && (earlier is null || earlier == Server(candidate % 2)) && candidateEnd % 4 >= voterEnd % 4;
        return VoteRule.Grants(request, currentTerm, earlier, new Term(1), new LogIndex(voterEnd % 4)) == expected;
    }
}
