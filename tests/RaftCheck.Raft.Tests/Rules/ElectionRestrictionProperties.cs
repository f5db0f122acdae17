using FsCheck.Xunit;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Tests.Rules;

/// <summary>"At least as up-to-date" is a total preorder: somebody can always be elected, and no circle of refusals exists.</summary>
public sealed class ElectionRestrictionProperties
{
    [Property]
    public bool It_is_total((byte Term, byte Index) a, (byte Term, byte Index) b) => IsUpToDate(a, b) || IsUpToDate(b, a);

    [Property]
    public bool It_is_transitive((byte Term, byte Index) a, (byte Term, byte Index) b, (byte Term, byte Index) c)
    {
        a = (Few(a.Term), Few(a.Index));
        b = (Few(b.Term), Few(b.Index));
        c = (Few(c.Term), Few(c.Index));
        return !(IsUpToDate(a, b) && IsUpToDate(b, c)) || IsUpToDate(a, c);
    }

    [Property]
    public bool Only_logs_with_the_same_end_are_up_to_date_with_each_other((byte Term, byte Index) a, (byte Term, byte Index) b)
    {
        a = (Few(a.Term), Few(a.Index));
        b = (Few(b.Term), Few(b.Index));
        return (IsUpToDate(a, b) && IsUpToDate(b, a)) == (a == b);
    }

    /// <summary>Few values, so that equal ones are common.</summary>
    private static byte Few(byte value) => (byte)(value % 3);

    private static bool IsUpToDate((byte Term, byte Index) candidate, (byte Term, byte Index) voter) =>
        ElectionRestriction.IsUpToDate(new(candidate.Term), new(candidate.Index), new(voter.Term), new(voter.Index));
}
