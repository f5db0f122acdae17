using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>
/// Looks for one order of all operations, of all parts together, that keeps each process's own order, whatever the time:
/// sequential consistency, which cannot be judged part by part. An operation of unknown end takes effect after those
/// before it in its process, at any time, or never. A depth-first search that remembers where it has been; a read that
/// fits is taken at once, since it stands in nobody's way. For one thread.
/// </summary>
internal sealed class SequentialSearch
{
    private readonly Model _model;
    private readonly List<List<Step>> _chains = [];
    private readonly List<(Step Step, int Chain, int After)> _unknown = [];
    private readonly List<Value> _states = [];
    private readonly Dictionary<Value, int> _numbers = [];
    private long _stateBytes;

    // Where the search is: how far each process is, the state of each part, and which unknown ones took effect.
    private readonly int[] _at;
    private readonly int _parts;

    /// <summary>Makes ready to judge the operations of all parts.</summary>
    public SequentialSearch(List<Part> parts, Model model, NilRead nilReads)
    {
        _model = model;
        _parts = parts.Count;
        var chains = new Dictionary<long, int>();
        foreach ((JudgedOperation judged, int part) in parts.SelectMany(static (part, number) => part.Operations.Select(judged => (judged, number))).OrderBy(static each => each.judged.Operation.Id))
        {
            if (!chains.TryGetValue(judged.Operation.Process, out int chain))
            {
                chains.Add(judged.Operation.Process, chain = _chains.Count);
                _chains.Add([]);
            }

            bool says = judged.Outcome == CallOutcome.Mismatched || model.IsRead(judged.Operation);
            var step = new Step(SearchInput.CallOf(judged, nilReads), part, says, judged.Operation.InvokeIndex);
            if (judged.IsCompleted) _chains[chain].Add(step);
            else _unknown.Add((step, chain, _chains[chain].Count));
        }

        _at = new int[_chains.Count + _parts + _unknown.Count];
        int initial = NumberOf(model.Initial);
        for (int part = 0; part < _parts; part++) State(part) = initial;
    }

    /// <summary>Looks for an order.</summary>
    public SearchEnd Run(Budget budget)
    {
        var seen = new HashSet<Key>();
        long bytes = 0;
        var open = new Stack<(int[] At, int[] Choices, int Next)>();
        while (true)
        {
            if (budget.SpendStep() is SearchEnd noTime) return noTime;
            TakeReads();
            if (IsDone()) return SearchEnd.Found;
            int[] here = [.. _at];
            if (seen.Add(new Key(here)))
            {
                if (budget.SpendState() is SearchEnd spent) return spent;
                bytes += 64 + (8L * here.Length);
                if (bytes + _stateBytes > budget.MemoryBytes) return SearchEnd.OutOfMemory;
                open.Push((here, Choices(), 0));
            }

            // The next choice of the last place that has one left.
            while (true)
            {
                if (open.Count == 0) return SearchEnd.Exhausted;
                (int[] at, int[] choices, int next) = open.Pop();
                if (next == choices.Length) continue;
                open.Push((at, choices, next + 1));
                at.CopyTo(_at, 0);
                Take(choices[next]);
                break;
            }
        }
    }

    private ref int State(int part) => ref _at[_chains.Count + part];

    private ref int Used(int unknown) => ref _at[_chains.Count + _parts + unknown];

    private bool IsDone()
    {
        for (int chain = 0; chain < _chains.Count; chain++)
        {
            if (_at[chain] < _chains[chain].Count) return false;
        }

        return true;
    }

    private void TakeReads()
    {
        for (int chain = 0; chain < _chains.Count; chain++)
        {
            while (_at[chain] < _chains[chain].Count && _chains[chain][_at[chain]] is { SaysOnly: true } read && After(read) is not null) _at[chain]++;
        }
    }

    /// <summary>What may take effect now: those called first go first, since most systems are nearly in time.</summary>
    private int[] Choices()
    {
        var choices = new List<(int Called, int Choice)>();
        for (int chain = 0; chain < _chains.Count; chain++)
        {
            if (_at[chain] < _chains[chain].Count && _chains[chain][_at[chain]] is { SaysOnly: false } step && After(step) is not null)
                choices.Add((step.Called, chain));
        }

        choices.Sort();
        int completed = choices.Count;
        for (int i = 0; i < _unknown.Count; i++)
        {
            (Step step, int chain, int after) = _unknown[i];
            if (Used(i) == 0 && _at[chain] >= after && After(step) is Value next && NumberOf(next) != State(step.Part)) choices.Add((step.Called, ~i));
        }

        // What may as well never have been comes last.
        CollectionsMarshal.AsSpan(choices)[completed..].Sort();
        return [.. choices.Select(static each => each.Choice)];
    }

    private void Take(int choice)
    {
        Step step = choice >= 0 ? _chains[choice][_at[choice]] : _unknown[~choice].Step;
        State(step.Part) = NumberOf(After(step)!);
        if (choice >= 0) _at[choice]++;
        else Used(~choice) = 1;
    }

    private Value? After(Step step) => _model.Step(_states[State(step.Part)], step.Call);

    private int NumberOf(Value state)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, state, out bool known);
        if (known) return number;
        _states.Add(state);
        _stateBytes += state.SizeBytes();
        return number = _states.Count - 1;
    }

    private sealed record Step(Call Call, int Part, bool SaysOnly, int Called);

    private readonly struct Key(int[] at) : IEquatable<Key>
    {
        private readonly int[] _at = at;

        public bool Equals(Key other) => _at.AsSpan().SequenceEqual(other._at);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            ulong hash = StableHash.Seed;
            foreach (int each in _at) hash = StableHash.Add(hash, (uint)each);
            return StableHash.Fold(hash);
        }
    }
}
