namespace RaftCheck.Raft.Host.Tests;

/// <summary>The judge of the appends finds what it is there to find.</summary>
public sealed class AppendsTests
{
    [Fact]
    public void Appends_that_are_all_there_in_an_order_that_the_clients_can_have_seen_are_right() =>
        Assert.Empty(Judge("b;a;c;d;"));

    [Theory]
    [InlineData("a;b;c;", "d; was acknowledged")]
    [InlineData("a;b;c;d;a;", "a is there 2 times")]
    [InlineData("a;b;d;c;", "c was acknowledged")]
    [InlineData("a;b;c;d;x;", "x was never appended")]
    public void Each_kind_of_wrong_is_found(string final, string finding) =>
        Assert.Contains(Judge(final), found => found.Contains(finding, StringComparison.Ordinal));

    [Fact]
    public void An_append_without_an_answer_may_be_there_or_not() => Assert.Empty(Judge("a;b;c;e;d;"));

    [Fact]
    public void A_list_that_nobody_read_in_the_end_is_a_finding() =>
        Assert.Contains("never read", Assert.Single(Appends.Judge([Append("invoke", "a;")])), StringComparison.Ordinal);

    /// <summary>a and b are concurrent, c comes after both, d after c; nobody knows of e.</summary>
    private static List<string> Judge(string final) => Appends.Judge(
    [
        Append("invoke", "a;"), Append("invoke", "b;"), Append("ok", "a;"), Append("ok", "b;"),
        Append("invoke", "e;"),
        Append("invoke", "c;"), Append("ok", "c;"),
        Append("invoke", "d;"), Append("ok", "d;"),
        new Line("ok", 9, "get", "list-0", final),
    ]);

    private static Line Append(string type, string token) => new(type, 1, "append", "list-0", token);
}
