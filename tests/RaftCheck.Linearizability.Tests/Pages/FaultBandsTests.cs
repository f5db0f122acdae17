namespace RaftCheck.Linearizability.Tests.Pages;

public class FaultBandsTests
{
    [Theory]
    [InlineData("start stop start", "start:0-1 start:2-")]
    [InlineData("kill restart kill start", "kill:0-1 kill:2-3")]
    [InlineData("partition kill heal restart", "partition:0-2 kill:1-3")]
    [InlineData("start-partition start-kill stop-partition stop-kill", "start-partition:0-2 start-kill:1-3")]
    [InlineData("bump-clock pause resume bump-clock", "bump-clock:0 pause:1-2 bump-clock:3")]
    [InlineData(":start :start :stop :stop", "start:0-3")]
    [InlineData("bump bump start start heal heal", "bump:0-1 start:2-5")]
    [InlineData("stop", "stop:0")]
    [InlineData("starting stopped", "starting:0 stopped:1")]
    [InlineData("", "")]
    public void What_begins_a_fault_is_paired_with_what_ends_it(string lines, string expected)
    {
        HistoryEvent[] nemesis = [.. lines.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((f, i) =>
            new HistoryEvent(i, EventType.Info, HistoryEvent.NemesisProcess, f, null, Value.Nil, -1, null))];

        Assert.Equal(expected, string.Join(' ', FaultBands.Pair(nemesis).Select(Describe)));
    }

    private static string Describe(FaultBand band) =>
        band.Start == band.End ? $"{band.Label}:{band.Start.Index}" : $"{band.Label}:{band.Start.Index}-{band.End?.Index}";
}
