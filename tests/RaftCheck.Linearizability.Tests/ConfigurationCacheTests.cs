using FsCheck.Xunit;

namespace RaftCheck.Linearizability.Tests;

public sealed class ConfigurationCacheTests
{
    private const int Size = 300;

    [Property(MaxTest = 20)]
    public void A_trimmed_bitset_tells_sets_apart_just_as_sets_do(int seed)
    {
        var random = new Random(seed);
        var bits = new TrimmedBitset();
        bits.Reset(Size);
        var set = new SortedSet<int>();
        var seen = new Dictionary<string, string>();
        for (int i = 0; i < 2000; i++)
        {
            Flip(random, bits, set);
            string key = bits.Low + ":" + string.Join(',', bits.Words.ToArray());
            string content = string.Join(',', set);
            if (seen.TryGetValue(key, out string? known)) Assert.Equal(known, content);
            seen[key] = content;
        }

        Assert.Equal(seen.Count, seen.Values.Distinct().Count());
        for (int i = 0; i < Size; i++) Assert.Equal(set.Contains(i), bits.Contains(i));
    }

    [Property(MaxTest = 20)]
    public void The_cache_knows_exactly_what_was_added(int seed)
    {
        var random = new Random(seed);
        var cache = new ConfigurationCache();
        TrimmedBitset completed = new(), indeterminate = new();
        for (int round = 0; round < 2; round++)
        {
            completed.Reset(Size);
            indeterminate.Reset(Size);
            cache.Clear();
            SortedSet<int> one = [], two = [];
            var seen = new HashSet<string>();
            for (int i = 0; i < 2000; i++)
            {
                if (random.Next(2) == 0) Flip(random, completed, one);
                else Flip(random, indeterminate, two);
                int state = random.Next(2);
                bool isNew = seen.Add($"{state}|{string.Join(',', one)}|{string.Join(',', two)}");
                Assert.Equal(
                    isNew ? ConfigurationCache.Addition.New : ConfigurationCache.Addition.Known,
                    cache.Add(completed, indeterminate, state, long.MaxValue));
            }
        }
    }

    /// <summary>Sets grow from below, as those of a search do, so that whole words fill up; and now and then shrink.</summary>
    private static void Flip(Random random, TrimmedBitset bits, SortedSet<int> set)
    {
        int at = Math.Min(Size - 1, set.Count);
        int number = Math.Clamp(at + random.Next(-3, 3), 0, Size - 1);
        if (set.Contains(number) && random.Next(4) > 0) number = at;
        if (set.Add(number))
        {
            bits.Add(number);
        }
        else
        {
            set.Remove(number);
            bits.Remove(number);
        }
    }
}
