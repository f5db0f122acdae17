using FsCheck;
using FsCheck.Xunit;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class SessionRuleProperties
{
    [Property]
    public bool A_command_is_executed_if_and_only_if_its_session_is_known_and_has_executed_none_as_late(byte? last, bool kept, byte sequence)
    {
        var decision = SessionRule.Decide(last, kept, sequence);
        return (decision == SessionDecision.Execute) == (last is { } l && sequence > l);
    }

    [Property]
    public bool An_answer_is_given_again_only_to_the_latest_command_and_only_if_it_was_kept(byte last, bool kept, byte sequence) =>
        (SessionRule.Decide(last, kept, sequence) == SessionDecision.AnswerAgain) == (sequence == last && kept);

    [Property]
    public bool A_command_that_gets_no_answer_is_told_why(byte? last, byte sequence) =>
        SessionRule.Decide(last, false, sequence) == (last is null ? SessionDecision.SessionExpired
            : sequence > last ? SessionDecision.Execute
            : sequence == last ? SessionDecision.ResponseDiscarded
            : SessionDecision.Stale);

    [Property]
    public void Whatever_the_order_in_which_commands_come_each_is_executed_once_at_the_most(NonEmptyArray<byte> sequences)
    {
        var last = 0L;
        var executed = new List<long>();
        foreach (var sequence in sequences.Get.Select(s => 1L + (s % 8)))
        {
            if (SessionRule.Decide(last, true, sequence) == SessionDecision.Execute)
            {
                executed.Add(sequence);
                last = sequence;
            }
        }

        Assert.Equal(executed.Distinct().Order(), executed);
    }

    [Property]
    public bool A_session_expires_once_the_timeout_has_passed_and_not_a_microsecond_before(byte lastUsed, byte now, byte timeout) =>
        SessionRule.IsExpired(Micros(lastUsed), Micros(now), Micros(timeout)) == (now >= lastUsed + timeout);

    private static TimeSpan Micros(int value) => TimeSpan.FromMicroseconds(value);
}
