namespace RaftCheck.Simulation.World;

/// <summary>
/// The world's randomness: SplitMix64. A seeded <see cref="Random"/> would do, but a run needs a dozen generators, and
/// setting one up costs it more than all the numbers it then draws.
/// </summary>
/// <param name="seed">The seed. Any two seeds give unrelated sequences.</param>
internal sealed class Prng(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to one less than <paramref name="toExclusive"/>, which is 1 or more.</summary>
    public int Next(int toExclusive) => (int)(((NextBits() >> 32) * (ulong)toExclusive) >> 32);

    /// <summary>A number in a range that is not empty.</summary>
    public int Next(int fromInclusive, int toExclusive) => fromInclusive + Next(toExclusive - fromInclusive);

    private ulong NextBits()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
