namespace RaftCheck.Simulation.World;

/// <summary>What a crash leaves of the writes that were not flushed.</summary>
internal static class UnflushedWrites
{
    /// <summary>How many of them, from the first on, have reached the disk all the same: none, all, or some.</summary>
    /// <param name="random">What decides.</param>
    /// <param name="count">How many there are; 1 or more.</param>
    public static int Kept(Prng random, int count) => random.Next(3) switch
    {
        0 => 0,
        1 => count,
        _ => random.Next(count),
    };
}
