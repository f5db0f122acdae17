using System.Numerics;

namespace RaftCheck.Linearizability;

/// <summary>Which of the pending reads fit a state, remembered until an operation is called or returns. For one thread.</summary>
internal sealed class FrontierReads(FrontierInput input, Slots slots, StateTable table)
{
    private readonly int _words = slots.Words;
    private int[] _knownSince = [];
    private ulong[] _fitting = [];
    private int _now;

    /// <summary>Other reads are pending now.</summary>
    public void Forget() => _now++;

    /// <summary>Lets all pending reads take effect that fit a state; returns whether any had not done so before.</summary>
    public bool AddTo(Span<ulong> done, int state)
    {
        if (state >= _knownSince.Length)
        {
            Array.Resize(ref _knownSince, Math.Max(16, 2 * (state + 1)));
            Array.Resize(ref _fitting, _knownSince.Length * _words);
        }

        Span<ulong> fitting = _fitting.AsSpan(state * _words, _words);
        if (_knownSince[state] != _now)
        {
            _knownSince[state] = _now;
            FindFitting(fitting, state);
        }

        ulong added = 0;
        for (int w = 0; w < fitting.Length; w++)
        {
            added |= fitting[w] & ~done[w];
            done[w] |= fitting[w];
        }

        return added != 0;
    }

    private void FindFitting(Span<ulong> fitting, int state)
    {
        for (int w = 0; w < fitting.Length; w++)
        {
            fitting[w] = 0;
            for (ulong pending = slots.Reads[w]; pending != 0; pending &= pending - 1)
            {
                int operation = slots.OperationIn((w << 6) + BitOperations.TrailingZeroCount(pending));
                if (table.Next(state, input.Class(operation)) != StateTable.Impossible) fitting[w] |= pending & (~pending + 1);
            }
        }
    }
}
