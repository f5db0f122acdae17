using FsCheck.Xunit;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class ElectionPriorityRuleProperties
{
    [Property]
    public bool No_priority_makes_a_timeout_shorter_than_what_was_drawn(byte drawn, byte more, byte priority) =>
        Timeout(drawn, drawn + more, priority) >= Ms(drawn);

    [Property]
    public bool The_highest_priority_leaves_it_as_it_is(byte drawn, byte more) => Timeout(drawn, drawn + more, 100) == Ms(drawn);

    [Property]
    public bool No_priority_adds_more_than_the_longest_timeout_so_that_anybody_stands_in_the_end(byte drawn, byte more, byte priority) =>
        Timeout(drawn, drawn + more, priority) <= Ms(drawn + drawn + more);

    [Property]
    public bool A_lower_priority_waits_longer_after_the_same_draw(byte drawn, byte more, byte priority) =>
        Timeout(drawn, drawn + more + 1, priority % 100) > Timeout(drawn, drawn + more + 1, (priority % 100) + 1);

    /// <summary>Whatever they draw: if the difference of their priorities is larger than that of the shortest and the longest timeout.</summary>
    [Property]
    public bool The_highest_priority_stands_before_the_lowest(byte oneDraw, byte otherDraw, byte min, byte more)
    {
        var (shortest, longest) = (min, min + more);
        var (one, other) = (Math.Clamp((int)oneDraw, shortest, longest), Math.Clamp((int)otherDraw, shortest, longest));
        return min == 0 || Timeout(one, longest, 100) < Timeout(other, longest, 0);
    }

    private static TimeSpan Timeout(int drawn, int max, int priority) => ElectionPriorityRule.Timeout(Ms(drawn), Ms(max), priority % 101);

    private static TimeSpan Ms(int value) => TimeSpan.FromMilliseconds(value);
}
