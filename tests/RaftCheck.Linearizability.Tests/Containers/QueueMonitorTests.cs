namespace RaftCheck.Linearizability.Tests;

/// <summary>
/// Proves the queue's monitor against the general search: for every history of up to three operations, for a share of
/// those of four and five, and for random ones. It must judge them all itself.
/// </summary>
public sealed class QueueMonitorTests
{
    private static readonly ContainerScript Script = new("queue");
    private readonly MonitorProof _proof = new("queue", new QueueMonitor());

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 37)]
    [InlineData(5, 20_011)]
    public void It_agrees_with_the_search_on_every_small_history(int operations, int everyNth)
    {
        SmallHistories.ForEach(operations, ContainerScript.Choices(operations), everyNth, (order, script) =>
            _proof.Compare(Script.Small(order, script), checksCulprits: true));
        Assert.True(_proof.Unproved <= _proof.Total / 20 && _proof.Left == 0 && _proof.Found > 0 && _proof.Exhausted > 0, _proof.ToString());
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(6, 4)]
    [InlineData(6, 10)]
    [InlineData(8, 0)]
    public void It_agrees_with_the_search_on_random_histories(int liesOneIn, int infosOneIn)
    {
        for (int seed = 0; seed < 2000; seed++)
            _proof.Compare(Script.Random(new Random(seed), 4 + (seed % 13), 2 + (seed % 4), liesOneIn, infosOneIn, 30 + (10 * (seed % 4))), checksCulprits: true);
        Assert.True(_proof.Unproved <= _proof.Total / 20 && _proof.Left == 0 && _proof.Found > 300 && _proof.Exhausted >= (liesOneIn == 0 ? 0 : 300), _proof.ToString());
    }

    [Fact]
    public void It_agrees_with_the_search_when_the_queue_holds_something_at_first()
    {
        var script = new ContainerScript("queue", 102, 101, 103);
        var proof = new MonitorProof("queue", new QueueMonitor(), "[102 101 103]");
        for (int seed = 0; seed < 2000; seed++) proof.Compare(script.Random(new Random(seed), 4 + (seed % 10), 3, 12, 8), checksCulprits: true);
        Assert.True(proof.Unproved <= proof.Total / 20 && proof.Left == 0 && proof.Found > 300 && proof.Exhausted > 300, proof.ToString());
    }

    [Fact]
    public void It_leaves_no_long_history_to_others()
    {
        (int left, int judged) = LongHistories.CountLeft("queue", new QueueMonitor());
        Assert.True(left == 0, $"{left} left, {judged} judged");
    }

    [Theory]
    [InlineData(40_000, 50, 40)]
    [InlineData(40_000, 70, 0)]
    [InlineData(200_000, 55, 40)]
    public void A_long_history_is_judged_without_any_search_and_so_is_one_with_a_late_violation(int operations, int putsPercent, int infosOneIn) =>
        LongHistories.AssertJudged("queue", "queue-monitor", Script.Random(new Random(3), operations, 8, 0, infosOneIn, putsPercent));
}
