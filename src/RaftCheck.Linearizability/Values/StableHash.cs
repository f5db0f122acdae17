namespace RaftCheck.Linearizability;

/// <summary>
/// A hash that is the same in every process. <see cref="string.GetHashCode()"/> is seeded anew in each, so nothing
/// that must repeat may depend on it.
/// </summary>
internal static class StableHash
{
    /// <summary>Where a hash starts.</summary>
    public const ulong Seed = 0x9E3779B97F4A7C15;

    /// <summary>The hash with one more word in it.</summary>
    public static ulong Add(ulong hash, ulong word)
    {
        hash = (hash ^ word) * 0xFF51AFD7ED558CCD;
        return hash ^ (hash >> 32);
    }

    /// <summary>The hash with a text in it: four UTF-16 code units at a time, then the rest, then the length.</summary>
    public static ulong Add(ulong hash, string text)
    {
        ReadOnlySpan<char> chars = text;
        while (chars.Length >= 4)
        {
            // Composed by hand, so that the machine's byte order does not matter.
            hash = Add(hash, chars[0] | ((ulong)chars[1] << 16) | ((ulong)chars[2] << 32) | ((ulong)chars[3] << 48));
            chars = chars[4..];
        }

        foreach (char c in chars) hash = Add(hash, c);
        return Add(hash, (ulong)text.Length);
    }

    /// <summary>The hash in 32 bits, whose low ones depend on all bits of all words.</summary>
    public static int Fold(ulong hash) => (int)((hash * 0xC4CEB9FE1A85EC53) >> 32);
}
