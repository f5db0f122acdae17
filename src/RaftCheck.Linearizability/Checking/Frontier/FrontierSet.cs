using System.Numerics;

namespace RaftCheck.Linearizability;

/// <summary>
/// Configurations that no other one of the set can stand for. A configuration is the state, and of each pending
/// operation whether it has taken effect (<em>done</em>), or may be held to have done so, hidden behind one that
/// overwrote it, and may as well take effect later (<em>hidden</em>). One configuration stands for another if it can do
/// whatever that one can: see <see cref="StandsFor"/>. They are found by their state and by what has taken effect of what
/// must be equal, or a subset: one that has used up fewer of the operations of unknown end is looked for subset by subset,
/// which is cheap because few of them have been used up in any one configuration. For one thread.
/// </summary>
internal sealed class FrontierSet(Slots slots)
{
    private const int Dead = -1;

    // All subsets of so many are looked for; of more, only the largest and the smallest.
    private const int SubsetBitsMax = 8;

    private readonly int _words = slots.Words;
    private readonly ulong[] _bitHashes = new ulong[64];
    private int[] _states = new int[16];
    private int[] _nodes = new int[16];
    private int[] _next = new int[16];
    private ulong[] _keys = new ulong[16];
    private bool[] _isUnseen = new bool[16];
    private ulong[] _sets = new ulong[32 * slots.Words];
    private int[] _heads = new int[32];

    /// <summary>How many were added, those included for which another one stands by now.</summary>
    public int Count { get; private set; }

    /// <summary>How many are left.</summary>
    public int Alive { get; private set; }

    /// <summary>How many bytes the set holds.</summary>
    public long SizeBytes => (21L * _states.Length) + (4L * _heads.Length) + (sizeof(ulong) * (long)_sets.Length);

    /// <summary>Whether no other one stands for a configuration yet.</summary>
    public bool IsAlive(int index) => _states[index] != Dead;

    /// <summary>A configuration's state.</summary>
    public int State(int index) => _states[index];

    /// <summary>The last step that led to a configuration.</summary>
    public ref int Node(int index) => ref _nodes[index];

    /// <summary>Whether the last step has overwritten the state, and nobody has seen the new one yet.</summary>
    public bool IsUnseen(int index) => _isUnseen[index];

    /// <summary>What has taken effect in a configuration.</summary>
    public Span<ulong> Done(int index) => _sets.AsSpan(2 * index * _words, _words);

    /// <summary>What may be held to have taken effect.</summary>
    public Span<ulong> Hidden(int index) => _sets.AsSpan(((2 * index) + 1) * _words, _words);

    /// <summary>Empties the set.</summary>
    public void Clear()
    {
        // What a wide moment has taken is given back, or all the narrow ones would pay for clearing it.
        if (_heads.Length > 1024 && Count * 16 < _heads.Length) _heads = new int[_heads.Length / 4];
        else Array.Clear(_heads);
        Count = 0;
        Alive = 0;
    }

    /// <summary>Adds a configuration, unless one that is there stands for it. Returns whether it did.</summary>
    public bool Add(int state, ReadOnlySpan<ulong> done, ReadOnlySpan<ulong> hidden, int node, bool isUnseen = false)
    {
        ulong key = Key(state, done, out int bits);
        if (AnyStandsFor(key, state, done, hidden) || AnySubsetStandsFor(key, bits, state, done, hidden)) return false;
        for (int i = _heads[HeadOf(key)] - 1; i >= 0; i = _next[i])
        {
            if (_keys[i] != key || _states[i] != state || !StandsFor(done, hidden, Done(i), Hidden(i))) continue;
            _states[i] = Dead;
            Alive--;
        }

        Append(state, done, hidden, node, isUnseen, key);
        return true;
    }

    /// <summary>How many of the operations of unknown end a configuration has used up.</summary>
    public int UsedUnknowns(int index)
    {
        int used = 0;
        for (int w = 0; w < _words; w++) used += BitOperations.PopCount(Done(index)[w] & slots.Unknowns[w]);
        return used;
    }

    /// <summary>Lets a configuration go if another one stands for it that has used up fewer of the operations of unknown end.</summary>
    public bool LetGoIfStoodFor(int index)
    {
        if (!IsAlive(index)) return true;
        Key(_states[index], Done(index), out int bits);
        if (!AnySubsetStandsFor(_keys[index], bits, _states[index], Done(index), Hidden(index))) return false;
        _states[index] = Dead;
        Alive--;
        return true;
    }

    /// <summary>Takes out a slot that is done in all configurations: its operation is of no use any more.</summary>
    public void Forget(int slot)
    {
        for (int i = 0; i < Count; i++) Done(i)[slot >> 6] &= ~(1UL << slot);
    }

    private bool AnyStandsFor(ulong key, int state, ReadOnlySpan<ulong> done, ReadOnlySpan<ulong> hidden)
    {
        for (int i = _heads[HeadOf(key)] - 1; i >= 0; i = _next[i])
        {
            if (_keys[i] == key && _states[i] == state && StandsFor(Done(i), Hidden(i), done, hidden)) return true;
        }

        return false;
    }

    /// <summary>Whether a configuration stands for this one that has used up fewer of the operations of unknown end.</summary>
    private bool AnySubsetStandsFor(ulong key, int bits, int state, ReadOnlySpan<ulong> done, ReadOnlySpan<ulong> hidden)
    {
        if (bits > SubsetBitsMax) return AnyLargeOrSmallSubsetStandsFor(key, bits, state, done, hidden);
        // In Gray's order each subset differs from the one before by one operation.
        for (int number = 1; number < 1 << bits; number++)
        {
            key ^= _bitHashes[BitOperations.TrailingZeroCount(number)];
            if (AnyStandsFor(key, state, done, hidden)) return true;
        }

        return false;
    }

    private bool AnyLargeOrSmallSubsetStandsFor(ulong key, int bits, int state, ReadOnlySpan<ulong> done, ReadOnlySpan<ulong> hidden)
    {
        bits = Math.Min(bits, _bitHashes.Length);
        ulong none = key;
        for (int i = 0; i < bits; i++) none ^= _bitHashes[i];
        if (AnyStandsFor(none, state, done, hidden)) return true;
        for (int i = 0; i < bits; i++)
        {
            if (AnyStandsFor(key ^ _bitHashes[i], state, done, hidden) || AnyStandsFor(none ^ _bitHashes[i], state, done, hidden)) return true;
            for (int j = 0; j < i; j++)
            {
                if (AnyStandsFor(key ^ _bitHashes[i] ^ _bitHashes[j], state, done, hidden)) return true;
            }
        }

        return false;
    }

    /// <summary>The same configurations as another set of the same slots has.</summary>
    public void CopyFrom(FrontierSet other)
    {
        while (_states.Length < other.Count) Grow();
        if (_heads.Length != other._heads.Length) _heads = new int[other._heads.Length];
        other._heads.CopyTo(_heads, 0);
        other._states.AsSpan(0, other.Count).CopyTo(_states);
        other._nodes.AsSpan(0, other.Count).CopyTo(_nodes);
        other._next.AsSpan(0, other.Count).CopyTo(_next);
        other._keys.AsSpan(0, other.Count).CopyTo(_keys);
        other._isUnseen.AsSpan(0, other.Count).CopyTo(_isUnseen);
        other._sets.AsSpan(0, 2 * other.Count * _words).CopyTo(_sets);
        Count = other.Count;
        Alive = other.Alive;
    }

    private void Append(int state, ReadOnlySpan<ulong> done, ReadOnlySpan<ulong> hidden, int node, bool isUnseen, ulong key)
    {
        if (Count == _states.Length) Grow();
        _states[Count] = state;
        _nodes[Count] = node;
        _isUnseen[Count] = isUnseen;
        done.CopyTo(Done(Count));
        hidden.CopyTo(Hidden(Count));
        _keys[Count] = key;
        ref int head = ref _heads[HeadOf(key)];
        _next[Count] = head - 1;
        head = ++Count;
        Alive++;
        if (Count > _heads.Length) Rehash();
    }

    /// <summary>
    /// Whether a configuration with the first sets can do whatever one of the same state with the second sets can: a
    /// read had better be done; one that never returns had better not be; one that is hidden may be held for either; and
    /// of all others, both must have done the same.
    /// </summary>
    private bool StandsFor(ReadOnlySpan<ulong> done, ReadOnlySpan<ulong> hidden, ReadOnlySpan<ulong> otherDone, ReadOnlySpan<ulong> otherHidden)
    {
        for (int w = 0; w < done.Length; w++)
        {
            ulong different = done[w] ^ otherDone[w];
            ulong worse = (different & slots.Others[w])
                | (otherDone[w] & ~done[w] & slots.Reads[w])
                | (done[w] & ~otherDone[w] & slots.Unknowns[w])
                | (different & slots.Overwrites[w] & ~hidden[w])
                | (otherHidden[w] & ~hidden[w]);
            if (worse != 0) return false;
        }

        return true;
    }

    /// <summary>
    /// Equal for configurations of which one may stand for the other, and that have used up the same operations of
    /// unknown end: of these, each changes the key by a pattern of its own, which stands in <see cref="_bitHashes"/>.
    /// </summary>
    private ulong Key(int state, ReadOnlySpan<ulong> done, out int bits)
    {
        ulong hash = StableHash.Add(StableHash.Seed, (uint)state);
        ulong used = 0;
        bits = 0;
        for (int w = 0; w < done.Length; w++)
        {
            hash = StableHash.Add(hash, done[w] & slots.Others[w]);
            for (ulong unknown = done[w] & slots.Unknowns[w]; unknown != 0; unknown &= unknown - 1)
            {
                ulong pattern = StableHash.Add(StableHash.Seed, (ulong)((w << 6) + BitOperations.TrailingZeroCount(unknown)));
                used ^= pattern;
                if (bits < _bitHashes.Length) _bitHashes[bits] = pattern;
                bits++;
            }
        }

        return hash ^ used;
    }

    private int HeadOf(ulong key) => StableHash.Fold(key) & (_heads.Length - 1);

    private void Grow()
    {
        int size = _states.Length * 2;
        Array.Resize(ref _states, size);
        Array.Resize(ref _nodes, size);
        Array.Resize(ref _next, size);
        Array.Resize(ref _keys, size);
        Array.Resize(ref _isUnseen, size);
        Array.Resize(ref _sets, 2 * size * _words);
    }

    private void Rehash()
    {
        _heads = new int[_heads.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            if (!IsAlive(i)) continue;
            ref int head = ref _heads[HeadOf(_keys[i])];
            _next[i] = head - 1;
            head = i + 1;
        }
    }
}
