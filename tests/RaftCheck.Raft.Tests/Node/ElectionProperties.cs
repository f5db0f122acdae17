using FsCheck.Xunit;
using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests.Node;

/// <summary>Whatever happens to a cluster, its reads are linearizable, and once nothing happens any more it works.</summary>
public sealed class ElectionProperties
{
    private static readonly RaftOptions Drifting = new() { ClockDriftBound = 0.1 };

    [Property]
    public void With_all_that_the_dissertation_adds((byte What, byte Which, byte More)[] events) => Run(3, new RaftOptions(), events);

    [Property(MaxTest = 20)]
    public void With_five_servers((byte What, byte Which, byte More)[] events) => Run(5, new RaftOptions(), events);

    [Property]
    public void With_clocks_that_differ_as_much_as_they_may((byte What, byte Which, byte More)[] events) =>
        Run(3, Drifting, events, number => 1 + (number * Drifting.ClockDriftBound / 2));

    [Property(MaxTest = 40)]
    public void Without_asking_before_an_election((byte What, byte Which, byte More)[] events) => Run(3, new RaftOptions { PreVote = false }, events);

    [Property(MaxTest = 40)]
    public void Without_a_check_of_the_quorum((byte What, byte Which, byte More)[] events) => Run(3, new RaftOptions { CheckQuorum = false }, events);

    [Property(MaxTest = 40)]
    public void With_nothing_but_the_paper((byte What, byte Which, byte More)[] events) => Run(3, NodeUnderTest.Plain, events);

    private static void Run(int servers, RaftOptions options, (byte What, byte Which, byte More)[] events, Func<int, double>? speedOf = null)
    {
        var run = new ElectionRun(servers, options, speedOf);
        run.Do(15, 0, 255);
        run.Do(15, 0, 255);
        foreach (var (what, which, more) in events)
        {
            run.Do(what, which, more);
        }

        run.Heal();
        Assert.True(run.Answered > 0, "Nothing was read.");
    }
}
