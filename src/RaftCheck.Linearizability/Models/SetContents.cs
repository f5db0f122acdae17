using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>A set's elements while calls follow one another: none of them costs more than what it says. For one thread.</summary>
internal sealed class SetContents
{
    // For each element the number of the read that has found it last.
    private readonly Dictionary<Value, int> _foundBy = [];
    private int _reads;

    /// <summary>A set that holds the items of a value.</summary>
    public SetContents(Value initial)
    {
        foreach (Value element in initial.Items) _foundBy[element] = 0;
    }

    /// <summary>Whether an element is in it.</summary>
    public bool Holds(Value element) => _foundBy.ContainsKey(element);

    /// <summary>Puts an element in; whether it was not there.</summary>
    public bool Add(Value element) => _foundBy.TryAdd(element, 0);

    /// <summary>Takes an element out; whether it was there.</summary>
    public bool Remove(Value element) => _foundBy.Remove(element);

    /// <summary>Whether the items, of which some may be the same, are all that is in it.</summary>
    public bool Is(ReadOnlySpan<Value> items)
    {
        int read = ++_reads;
        int found = 0;
        foreach (Value item in items)
        {
            ref int foundBy = ref CollectionsMarshal.GetValueRefOrNullRef(_foundBy, item);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref foundBy)) return false;
            if (foundBy == read) continue;
            foundBy = read;
            found++;
        }

        return found == _foundBy.Count;
    }

    /// <summary>The set as a value.</summary>
    public Value ToValue() => Value.Set([.. _foundBy.Keys]);
}
