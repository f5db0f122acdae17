namespace RaftCheck.Linearizability.Tests;

public sealed class LinearizationVerifierTests
{
    private static readonly History Written = Reading.Read(
        """
        {"type":"invoke","process":0,"f":"write","value":1}
        {"type":"ok","process":0,"f":"write","value":1}
        {"type":"invoke","process":1,"f":"write","value":2}
        {"type":"invoke","process":2,"f":"read"}
        {"type":"ok","process":2,"f":"read","value":2}
        {"type":"info","process":1,"f":"write","value":2}
        {"type":"invoke","process":0,"f":"cas","value":[2,3]}
        {"type":"fail","process":0,"f":"cas","value":[2,3]}
        """).History;

    private static readonly Model Register = Linearizability.Models.Find("cas-register");

    [Fact]
    public void The_checkers_own_order_is_accepted()
    {
        CheckResult result = LinearizabilityChecker.Check(Written, Register);
        Assert.Null(LinearizationVerifier.Verify(Written, Register, result.Linearization));
    }

    [Theory]
    [InlineData("1 0 2", "returned before")]
    [InlineData("0 2 1", "not possible in the state 1")]
    [InlineData("0 1", "is in no order")]
    [InlineData("0 1 2 2", "takes effect twice")]
    [InlineData("0 1 2 3", "failed")]
    public void Every_way_to_be_wrong_is_named(string order, string complaint)
    {
        Operation[] operations = [.. order.Split(' ').Select(static id => Written.Operations[id[0] - '0'])];
        Assert.Contains(complaint, LinearizationVerifier.Verify(Written, Register, [new Linearization(null, operations)]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_cas_that_saw_a_mismatch_must_be_explained_too()
    {
        CheckResult result = LinearizabilityChecker.Check(Written, Register, new() { CasFail = CasFail.SeenToMismatch });
        Assert.Equal(Verdict.NotLinearizable, result.Verdict);
        Operation[] order = [.. new[] { 0, 1, 2, 3 }.Select(static id => Written.Operations[id])];
        Assert.Contains("not possible in the state 2", LinearizationVerifier.Verify(Written, Register, [new Linearization(null, order)], CasFail.SeenToMismatch), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_of_the_history_or_of_the_part_is_refused()
    {
        Operation[] order = [.. Written.Operations.Take(3)];
        Assert.Contains("another part", LinearizationVerifier.Verify(Written, Register, [new Linearization("x", order)]), StringComparison.Ordinal);
        Assert.Contains("two orders", LinearizationVerifier.Verify(Written, Register, [new Linearization(null, order), new Linearization(null, [])]), StringComparison.Ordinal);
        Assert.Contains("not in the history", LinearizationVerifier.Verify(Written, Register, [new Linearization(null, [order[0] with { Input = Value.Of(9) }])]), StringComparison.Ordinal);
    }
}
