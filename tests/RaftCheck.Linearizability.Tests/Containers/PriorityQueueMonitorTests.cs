namespace RaftCheck.Linearizability.Tests;

/// <summary>
/// Proves the priority queue's monitor against the general search: for every history of up to three operations, for a share
/// of those of four and five, and for random ones. What it leaves to others is counted.
/// </summary>
public sealed class PriorityQueueMonitorTests
{
    private static readonly ContainerScript Script = new("priority-queue");
    private readonly MonitorProof _proof = new("priority-queue", new PriorityQueueMonitor());

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
        Assert.True(_proof.Unproved <= _proof.Total / 20 && _proof.Left <= _proof.Total / 10_000 && _proof.Found > 0 && _proof.Exhausted > 0, _proof.ToString());
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
        Assert.True(_proof.Unproved <= _proof.Total / 20 && _proof.Left <= (infosOneIn == 0 ? 0 : 20) && _proof.Found > 300 && _proof.Exhausted >= (liesOneIn == 0 ? 0 : 300), _proof.ToString());
    }

    [Fact]
    public void It_agrees_with_the_search_when_the_queue_holds_something_at_first()
    {
        var script = new ContainerScript("priority-queue", -1, 0, 1000);
        var proof = new MonitorProof("priority-queue", new PriorityQueueMonitor(), "[-1 0 1000]");
        for (int seed = 0; seed < 2000; seed++) proof.Compare(script.Random(new Random(seed), 4 + (seed % 10), 3, 12, 8), checksCulprits: true);
        Assert.True(proof.Unproved <= proof.Total / 20 && proof.Left <= 100 && proof.Found > 300 && proof.Exhausted > 300, proof.ToString());
    }

    [Fact]
    public void It_leaves_hardly_any_long_history_to_others()
    {
        (int left, int judged) = LongHistories.CountLeft("priority-queue", new PriorityQueueMonitor());
        Assert.True(left <= judged / 100, $"{left} left, {judged} judged");
    }

    [Theory]
    [InlineData(40_000, 50, 40)]
    [InlineData(40_000, 70, 0)]
    [InlineData(200_000, 55, 40)]
    public void A_long_history_is_judged_without_any_search_and_so_is_one_with_a_late_violation(int operations, int putsPercent, int infosOneIn) =>
        LongHistories.AssertJudged("priority-queue", "priority-queue-monitor", Script.Random(new Random(3), operations, 8, 0, infosOneIn, putsPercent));
}
