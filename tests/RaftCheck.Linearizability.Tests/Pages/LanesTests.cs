using FsCheck.Xunit;

namespace RaftCheck.Linearizability.Tests.Pages;

public class LanesTests
{
    [Fact]
    public void A_process_that_takes_the_place_of_a_crashed_one_shares_its_lane() =>
        Assert.Equal([0, 1, 1, 0, 0], LanesOf("0+ 1+ 1? 3+ 0. 0+ 0? 2+"));

    [Fact]
    public void Few_processes_that_do_not_crash_have_a_lane_each_even_where_one_would_do() =>
        Assert.Equal([0, 1, 2], LanesOf("0+ 0. 1+ 1. 2+ 2."));

    [Fact]
    public void Of_many_short_lived_processes_all_share_a_lane() =>
        Assert.Equal(Enumerable.Repeat(0, 100), LanesOf(string.Join(' ', Enumerable.Range(0, 100).Select(i => $"{i}+ {i}."))));

    [Property]
    public void Operations_in_one_lane_never_overlap(List<int> numbers)
    {
        History history = HistoryScript.Play("cas-register", numbers, NilRead.Observed, 40);
        int[] lanes = Lanes.Assign(history.Operations);

        var end = new Dictionary<int, int>();
        foreach (Operation operation in history.Operations)
        {
            int lane = lanes[operation.Id];
            Assert.True(end.GetValueOrDefault(lane, -1) < operation.InvokeIndex, $"{operation} is in lane {lane} before that is free");
            end[lane] = operation.ReturnIndex ?? int.MaxValue;
        }
    }

    /// <summary>Words of a process and what it does: + calls, . returns, ? does not know.</summary>
    private static int[] LanesOf(string script)
    {
        string[] words = script.Split(' ');
        History history = History.FromEvents(words.Select((word, i) => new HistoryEvent(
            i,
            word[^1] switch { '+' => EventType.Invoke, '.' => EventType.Ok, _ => EventType.Info },
            long.Parse(word[..^1], System.Globalization.CultureInfo.InvariantCulture), "read", null, Value.Nil, -1, null)));
        return Lanes.Assign(history.Operations);
    }
}
