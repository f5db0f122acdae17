using FsCheck.Xunit;
using RaftCheck.Simulation.World;

namespace RaftCheck.Simulation.Tests.World;

public sealed class EventQueueTests
{
    private readonly EventQueue queue = new();
    private readonly List<(long TimeUs, int Number)> taken = [];

    /// <summary>A step of a script: below 170 it adds an event so many microseconds modulo 16 from now, else it takes one.</summary>
    [Property(MaxTest = 500, StartSize = 50, EndSize = 400)]
    public bool Events_come_by_time_and_at_equal_times_in_the_order_in_which_they_were_added(byte[] script)
    {
        var test = new EventQueueTests();
        var expected = new List<(long TimeUs, int Number)>();
        var model = new List<(long TimeUs, int Number)>();
        var nowUs = 0L;
        foreach (var (number, step) in script.Index())
        {
            if (step < 170)
            {
                test.Add(nowUs + (step % 16), number);
                model.Add((nowUs + (step % 16), number));
            }
            else if (model.Count > 0)
            {
                expected.Add(model.Min());
                model.Remove(expected[^1]);
                nowUs = test.Take();
            }
        }

        while (!test.queue.IsEmpty)
        {
            test.Take();
        }

        expected.AddRange(model.Order());
        return expected.SequenceEqual(test.taken);
    }

    [Fact]
    public void An_empty_queue_has_nothing_before_the_end_of_time()
    {
        Assert.Equal((true, long.MaxValue), (queue.IsEmpty, queue.NextTimeUs));
        Add(5, 0);
        Take();
        Assert.Equal((true, long.MaxValue), (queue.IsEmpty, queue.NextTimeUs));
    }

    [Fact]
    public void Twenty_minutes_of_microseconds_are_not_too_many()
    {
        Add(1_200_000_000, 0);
        Add(1_199_999_999, 1);
        Assert.Equal(1_199_999_999, queue.NextTimeUs);
    }

    private void Add(long timeUs, int number) => queue.Add(timeUs, new TimedAction(() => taken.Add((timeUs, number))));

    /// <summary>Takes the next event, and makes it happen.</summary>
    /// <returns>When it was to happen.</returns>
    private long Take()
    {
        var next = queue.NextTimeUs;
        queue.Take().Happen();
        Assert.Equal(next, taken[^1].TimeUs);
        return next;
    }
}
