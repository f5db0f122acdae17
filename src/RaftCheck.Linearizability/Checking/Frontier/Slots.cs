using System.Numerics;

namespace RaftCheck.Linearizability;

/// <summary>
/// The operations that are pending at one moment of a history, each in a slot of its own; a slot is free again when its
/// operation has returned. Sets of slots are arrays of <see cref="Words"/> words. For one thread.
/// </summary>
internal sealed class Slots
{
    private const int None = -1;
    private readonly FrontierInput _input;
    private readonly int[] _operationIn;
    private readonly ulong[] _free;
    private readonly ulong[] _twins;

    /// <summary>Room for that many operations, or a few more.</summary>
    public Slots(FrontierInput input, int size)
    {
        _input = input;
        Words = Math.Max(1, (size + 63) / 64);
        _operationIn = new int[Words * 64];
        _free = new ulong[Words];
        _twins = new ulong[Words * 64 * Words];
        Reads = new ulong[Words];
        Overwrites = new ulong[Words];
        Others = new ulong[Words];
        Unknowns = new ulong[Words];
        Clear();
    }

    /// <summary>How many words a set of slots has.</summary>
    public int Words { get; }

    /// <summary>Slots of pending reads.</summary>
    public ulong[] Reads { get; }

    /// <summary>Slots of pending operations that overwrite, and will return.</summary>
    public ulong[] Overwrites { get; }

    /// <summary>Slots of pending operations that will return, and neither only read nor only overwrite.</summary>
    public ulong[] Others { get; }

    /// <summary>Slots of operations that never return.</summary>
    public ulong[] Unknowns { get; }

    /// <summary>The operation in a slot.</summary>
    public int OperationIn(int slot) => _operationIn[slot];

    /// <summary>Whether there is room for one more.</summary>
    public bool HasRoom
    {
        get
        {
            foreach (ulong free in _free)
            {
                if (free != 0) return true;
            }

            return false;
        }
    }

    /// <summary>The slot of a pending operation.</summary>
    public int SlotOf(int operation) => Array.IndexOf(_operationIn, operation);

    /// <summary>
    /// Pending operations that are just like the one in a slot and go before it: those that return earlier, or were
    /// called earlier if neither returns. Where one of two like operations has taken effect, it may as well be that one.
    /// </summary>
    public ReadOnlySpan<ulong> TwinsBefore(int slot) => _twins.AsSpan(slot * Words, Words);

    /// <summary>Frees all slots.</summary>
    public void Clear()
    {
        Array.Fill(_free, ulong.MaxValue);
        Array.Fill(_operationIn, None);
        Array.Clear(_twins);
        Array.Clear(Reads);
        Array.Clear(Overwrites);
        Array.Clear(Others);
        Array.Clear(Unknowns);
    }

    /// <summary>An operation was called.</summary>
    public void Take(int operation)
    {
        int word = 0;
        while (_free[word] == 0) word++;
        int slot = (word << 6) + BitOperations.TrailingZeroCount(_free[word]);
        ulong bit = 1UL << slot;
        _free[word] &= ~bit;
        FindTwins(slot, operation);
        _operationIn[slot] = operation;
        MaskOf(operation)[word] |= bit;
    }

    /// <summary>An operation returned.</summary>
    public void Release(int operation)
    {
        int slot = SlotOf(operation);
        int word = slot >> 6;
        ulong bit = 1UL << slot;
        _free[word] |= bit;
        _operationIn[slot] = None;
        MaskOf(operation)[word] &= ~bit;
        for (int other = 0; other < _operationIn.Length; other++) _twins[(other * Words) + word] &= ~bit;
        _twins.AsSpan(slot * Words, Words).Clear();
    }

    /// <summary>The same slots as others of the same size.</summary>
    public void CopyFrom(Slots others)
    {
        others._operationIn.CopyTo(_operationIn, 0);
        others._free.CopyTo(_free, 0);
        others._twins.CopyTo(_twins, 0);
        others.Reads.CopyTo(Reads, 0);
        others.Overwrites.CopyTo(Overwrites, 0);
        others.Others.CopyTo(Others, 0);
        others.Unknowns.CopyTo(Unknowns, 0);
    }

    private ulong[] MaskOf(int operation) => _input.Kind(operation) switch
    {
        EffectKind.Read => Reads,
        EffectKind.Overwrite => Overwrites,
        EffectKind.Other => Others,
        _ => Unknowns,
    };

    private void FindTwins(int slot, int operation)
    {
        // All reads that fit take effect at once, so that it does not matter which of them would go first.
        if (_input.Kind(operation) == EffectKind.Read) return;
        for (int other = 0; other < _operationIn.Length; other++)
        {
            int pending = _operationIn[other];
            if (pending == None || _input.Class(pending) != _input.Class(operation)) continue;
            // Of two that never return, the pending one was called first.
            bool pendingFirst = _input.ReturnRank(pending) <= _input.ReturnRank(operation);
            (int first, int second) = pendingFirst ? (other, slot) : (slot, other);
            _twins[(second * Words) + (first >> 6)] |= 1UL << first;
        }
    }
}
