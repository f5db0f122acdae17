using FsCheck.Xunit;
using RaftCheck.Simulation.World;

namespace RaftCheck.Simulation.Tests.World;

public sealed class EventQueueTests
{
    [Property]
    public void Events_come_by_time_and_at_equal_times_in_the_order_in_which_they_were_added(byte[] times)
    {
        var queue = new EventQueue();
        var taken = new List<(int Time, int Number)>();
        foreach (var (number, time) in times.Index())
        {
            queue.Add(time % 8, () => taken.Add((time % 8, number)));
        }

        while (!queue.IsEmpty)
        {
            var next = queue.NextTimeUs;
            queue.Take()();
            Assert.Equal(next, taken[^1].Time);
        }

        Assert.Equal(times.Select((time, number) => (time % 8, number)).Order(), taken);
    }

    [Fact]
    public void An_empty_queue_has_nothing_before_the_end_of_time() => Assert.Equal(long.MaxValue, new EventQueue().NextTimeUs);

    [Fact]
    public void Ten_minutes_of_microseconds_are_not_too_long_for_a_priority()
    {
        var queue = new EventQueue();
        queue.Add(1_200_000_000, () => { });
        queue.Add(1_199_999_999, () => { });
        Assert.Equal(1_199_999_999, queue.NextTimeUs);
    }
}
