namespace RaftCheck.Linearizability;

/// <summary>
/// The configurations that the search has visited: which operations have taken effect, and the state after them. An
/// open-addressing hash table over one array of words, so that a configuration costs a few words and no allocation.
/// For one thread.
/// </summary>
internal sealed class ConfigurationCache
{
    private const int HeaderWords = 2;
    private const int InitialSlots = 256;
    private const int InitialWords = 512;
    private const int SlotBytes = 12;

    private Slot[] _slots = new Slot[InitialSlots];
    private ulong[] _words = new ulong[InitialWords];
    private int _count;
    private int _usedWords;

    /// <summary>What became of an addition.</summary>
    public enum Addition
    {
        /// <summary>The configuration is new.</summary>
        New,

        /// <summary>It was visited before.</summary>
        Known,

        /// <summary>It is new, and there is no room for it.</summary>
        NoRoom,
    }

    /// <summary>How many bytes the table holds.</summary>
    public long SizeBytes => ((long)_slots.Length * SlotBytes) + ((long)_words.Length * sizeof(ulong));

    /// <summary>Forgets everything, and gives back what a large search took.</summary>
    public void Clear()
    {
        if (_count == 0) return;
        if (_slots.Length > 16 * InitialSlots)
        {
            _slots = new Slot[InitialSlots];
            _words = new ulong[InitialWords];
        }
        else
        {
            Array.Clear(_slots);
        }

        _count = 0;
        _usedWords = 0;
    }

    /// <summary>Adds a configuration, unless it is known.</summary>
    public Addition Add(TrimmedBitset completed, TrimmedBitset indeterminate, int state, long roomBytes)
    {
        int length = HeaderWords + completed.Words.Length + indeterminate.Words.Length;
        if (!EnsureWords(length, roomBytes)) return Addition.NoRoom;

        // Written behind the last one right away: it stays there if it is new. The two lows and the first set's length
        // make the words unambiguous; with the slot's length, equal words mean equal configurations.
        Span<ulong> key = _words.AsSpan(_usedWords, length);
        key[0] = (uint)state | ((ulong)(uint)completed.Low << 32);
        key[1] = (uint)indeterminate.Low | ((ulong)(uint)completed.Words.Length << 32);
        completed.Words.CopyTo(key[HeaderWords..]);
        indeterminate.Words.CopyTo(key[(HeaderWords + completed.Words.Length)..]);

        int hash = Hash(key);
        int mask = _slots.Length - 1;
        int at = hash & mask;
        while (_slots[at].Length != 0)
        {
            ref readonly Slot slot = ref _slots[at];
            if (slot.Hash == hash && slot.Length == length && key.SequenceEqual(_words.AsSpan(slot.Offset, length)))
                return Addition.Known;
            at = (at + 1) & mask;
        }

        _slots[at] = new Slot(hash, length, _usedWords);
        _usedWords += length;
        _count++;
        return _count * 2L > _slots.Length && !GrowSlots(roomBytes) ? Addition.NoRoom : Addition.New;
    }

    private static int Hash(ReadOnlySpan<ulong> key)
    {
        ulong hash = StableHash.Seed;
        foreach (ulong word in key) hash = StableHash.Add(hash, word);
        return StableHash.Fold(hash);
    }

    private bool EnsureWords(int length, long roomBytes)
    {
        long needed = (long)_usedWords + length;
        if (needed <= _words.Length) return true;
        long size = Math.Min(Math.Max(needed, _words.Length * 2L), Array.MaxLength);
        // Old and new exist side by side while the words are copied.
        if (size < needed || SizeBytes + (size * sizeof(ulong)) > roomBytes) return false;
        Array.Resize(ref _words, (int)size);
        return true;
    }

    private bool GrowSlots(long roomBytes)
    {
        long size = _slots.Length * 2L;
        if (size > 1 << 30 || SizeBytes + (size * SlotBytes) > roomBytes) return false;
        Slot[] old = _slots;
        _slots = new Slot[size];
        int mask = _slots.Length - 1;
        foreach (Slot slot in old)
        {
            if (slot.Length == 0) continue;
            int at = slot.Hash & mask;
            while (_slots[at].Length != 0) at = (at + 1) & mask;
            _slots[at] = slot;
        }

        return true;
    }

    /// <summary>Where a configuration's words are. A length of 0 marks an empty slot.</summary>
    private readonly record struct Slot(int Hash, int Length, int Offset);
}
