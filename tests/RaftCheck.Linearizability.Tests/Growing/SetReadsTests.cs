namespace RaftCheck.Linearizability.Tests;

/// <summary>
/// Proves the judge of sets that only grow against the general search: for every history of up to two operations, for a
/// share of those of three, four and five, and for random ones. It must judge them all itself.
/// </summary>
public sealed class SetReadsTests
{
    private static readonly GrowthScript Script = new("g-set");
    private readonly MonitorProof _proof = new("g-set", new SetReads(), "#{}");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 7)]
    [InlineData(4, 20_011)]
    [InlineData(5, 50_000_017)]
    public void It_agrees_with_the_search_on_every_small_history(int operations, int everyNth)
    {
        SmallHistories.ForEach(operations, Script.Choices(operations), everyNth, (order, script) =>
            _proof.Compare(Script.Small(order, script), checksCulprits: true));
        Assert.True(_proof is { Unproved: 0, Left: 0, Found: > 0, Exhausted: > 0 }, _proof.ToString());
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(6, 4, 0)]
    [InlineData(8, 4, 3)]
    [InlineData(9, 0, 4)]
    [InlineData(0, 3, 3)]
    public void It_agrees_with_the_search_on_random_histories(int liesOneIn, int infosOneIn, int elements)
    {
        for (int seed = 0; seed < 2000; seed++)
            _proof.Compare(Script.Random(new Random(seed), 4 + (seed % 13), 2 + (seed % 4), liesOneIn, infosOneIn, 2 + (seed % 4), elements), checksCulprits: true);
        Assert.True(_proof.Unproved <= 20 && _proof is { Left: 0, Found: > 300 } && _proof.Exhausted >= (liesOneIn == 0 ? 0 : 300), _proof.ToString());
    }

    [Fact]
    public void It_agrees_with_the_search_when_the_set_holds_something_at_first()
    {
        var script = new GrowthScript("g-set", 1, 101);
        var proof = new MonitorProof("g-set", new SetReads(), "#{1 101}");
        for (int seed = 0; seed < 2000; seed++) proof.Compare(script.Random(new Random(seed), 4 + (seed % 10), 3, 12, 6, 3, elements: seed % 2 * 4), checksCulprits: true);
        Assert.True(proof is { Unproved: 0, Left: 0, Found: > 300, Exhausted: > 300 }, proof.ToString());
    }

    [Fact]
    public void A_read_of_nil_says_nothing_where_the_history_has_it_so()
    {
        var proof = new MonitorProof("g-set", new SetReads(), "#{}", NilRead.Unconstrained);
        for (int seed = 0; seed < 1000; seed++)
            proof.Compare(Script.Random(new Random(seed), 4 + (seed % 10), 3, 4, 6, 2, nilReads: NilRead.Unconstrained), checksCulprits: true);
        Assert.True(proof is { Unproved: 0, Left: 0, Found: > 300, Exhausted: > 100 }, proof.ToString());
    }

    [Fact]
    public void Sets_from_which_something_may_have_been_removed_are_left_to_others()
    {
        Model model = Linearizability.Models.Find("set");
        History history = History.FromEvents([
            new(0, EventType.Invoke, 0, "remove", null, Value.Of(1), -1, null),
            new(1, EventType.Info, 0, "remove", null, Value.Of(1), -1, null),
            new(2, EventType.Invoke, 1, "read", null, Value.Nil, -1, null),
            new(3, EventType.Ok, 1, "read", null, Value.List(), -1, null)]);
        Part part = Part.Split(history, model, CasFail.DidNotTakeEffect).Single();
        Assert.Null(new SetReads().Judge(part, model, history.NilReads, new Budget(10, 10, new Deadline(null, default))));
    }

    [Theory]
    [InlineData("g-set", 100_000, 100_000)]
    [InlineData("set", 20_000, 100)]
    public void A_long_history_is_judged_without_any_search_and_so_is_one_with_a_late_violation(string model, int operations, int readsOneIn) =>
        LongGrowth.AssertJudged(model, "set-reads", Script.Random(new Random(3), operations, 8, 0, 100, readsOneIn));
}
