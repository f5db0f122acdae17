namespace RaftCheck.Linearizability.Tests;

/// <summary>
/// Proves the judge of lists whose elements all differ against the general search: for every history of up to two
/// operations, for a share of those of three and four, and for random ones. It must judge them all itself.
/// </summary>
public sealed class ListPrefixesTests
{
    private static readonly GrowthScript Script = new("append-list");
    private readonly MonitorProof _proof = new("append-list", new ListPrefixes());

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 11)]
    [InlineData(4, 500_009)]
    public void It_agrees_with_the_search_on_every_small_history(int operations, int everyNth)
    {
        SmallHistories.ForEach(operations, Script.Choices(operations), everyNth, (order, script) =>
            _proof.Compare(Script.Small(order, script), checksCulprits: true));
        Assert.True(_proof is { Unproved: 0, Left: 0, Found: > 0, Exhausted: > 0 }, _proof.ToString());
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(6, 4)]
    [InlineData(6, 10)]
    [InlineData(8, 0)]
    public void It_agrees_with_the_search_on_random_histories(int liesOneIn, int infosOneIn)
    {
        for (int seed = 0; seed < 2000; seed++)
            _proof.Compare(Script.Random(new Random(seed), 4 + (seed % 11), 2 + (seed % 4), liesOneIn, infosOneIn, 2 + (seed % 4)), checksCulprits: true);
        Assert.True(_proof.Unproved <= _proof.Total / 20 && _proof is { Left: 0, Found: > 300 } && _proof.Exhausted >= (liesOneIn == 0 ? 0 : 300), _proof.ToString());
    }

    [Fact]
    public void It_agrees_with_the_search_when_the_list_holds_something_at_first()
    {
        var script = new GrowthScript("append-list", 102, 101);
        var proof = new MonitorProof("append-list", new ListPrefixes(), "[102 101]");
        for (int seed = 0; seed < 2000; seed++) proof.Compare(script.Random(new Random(seed), 4 + (seed % 9), 3, 12, 8, 3), checksCulprits: true);
        Assert.True(proof is { Left: 0, Found: > 300, Exhausted: > 200 } && proof.Unproved <= proof.Total / 20, proof.ToString());
    }

    [Fact]
    public void Lists_to_which_an_element_may_have_been_appended_twice_are_left_to_others()
    {
        Model model = Linearizability.Models.Find("append-list");
        Part part = Part.Split(Script.Random(new Random(1), 20, 3, 0, 5, 3, elements: 2), model, CasFail.DidNotTakeEffect).Single();
        Assert.Null(new ListPrefixes().Judge(part, model, NilRead.Observed, new Budget(10, 10, new Deadline(null, default))));
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(20_000, 100)]
    public void A_long_history_is_judged_without_any_search_and_so_is_one_with_a_late_violation(int operations, int readsOneIn) =>
        LongGrowth.AssertJudged("append-list", "list-prefixes", Script.Random(new Random(3), operations, 8, 0, 100, readsOneIn));
}
