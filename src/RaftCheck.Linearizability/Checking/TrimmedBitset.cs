using System.Numerics;

namespace RaftCheck.Linearizability;

/// <summary>
/// A set of small numbers that knows where its interesting words are. In a long history nearly all early operations
/// have taken effect and no late one has, so the words that tell two configurations apart are few: those from the
/// first that is not full to the last that is not empty. For one thread.
/// </summary>
internal sealed class TrimmedBitset
{
    private ulong[] _words = [];
    private int _low;
    private int _end;

    /// <summary>The first word that is not full.</summary>
    public int Low => _low;

    /// <summary>The words from <see cref="Low"/> on, up to the last that is not empty.</summary>
    public ReadOnlySpan<ulong> Words => _words.AsSpan(_low, Math.Max(0, _end - _low));

    /// <summary>Empties the set and makes room for the numbers below <paramref name="size"/>.</summary>
    public void Reset(int size)
    {
        // One word more than needed, never full: it ends the search for the first word that is not.
        int words = (size >> 6) + 1;
        if (_words.Length < words) _words = new ulong[BitOperations.RoundUpToPowerOf2((uint)words)];
        else Array.Clear(_words);
        _low = 0;
        _end = 0;
    }

    /// <summary>Whether the number is in the set.</summary>
    public bool Contains(int number) => (_words[number >> 6] & (1UL << number)) != 0;

    /// <summary>Adds a number.</summary>
    public void Add(int number)
    {
        int word = number >> 6;
        _words[word] |= 1UL << number;
        if (word >= _end) _end = word + 1;
        while (_words[_low] == ulong.MaxValue) _low++;
    }

    /// <summary>Removes a number.</summary>
    public void Remove(int number)
    {
        int word = number >> 6;
        _words[word] &= ~(1UL << number);
        if (word < _low) _low = word;
        while (_end > 0 && _words[_end - 1] == 0) _end--;
    }
}
