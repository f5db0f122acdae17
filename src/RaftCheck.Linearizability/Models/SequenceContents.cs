namespace RaftCheck.Linearizability;

/// <summary>
/// What a container holds, as something that changes: to replay many operations one after another, where a state of its
/// own for each would cost as much as the container is long. For one thread.
/// </summary>
internal sealed class SequenceContents
{
    private readonly TakeOrder _order;
    private readonly LinkedList<Value> _line = [];
    private readonly PriorityQueue<Value, Value> _bySize = new(ValueOrder.Comparer);

    /// <summary>A container that gives back in that order, and holds these elements at first.</summary>
    public SequenceContents(TakeOrder order, Value initial)
    {
        _order = order;
        foreach (Value item in initial.Items) Put(item);
    }

    /// <summary>Puts an element in.</summary>
    public void Put(Value element)
    {
        if (_order == TakeOrder.Smallest) _bySize.Enqueue(element, element);
        else _line.AddLast(element);
    }

    /// <summary>Takes an element out; nil if there is none.</summary>
    public Value Take()
    {
        if (_order == TakeOrder.Smallest) return _bySize.TryDequeue(out Value? smallest, out _) ? smallest : Value.Nil;
        LinkedListNode<Value>? node = _order == TakeOrder.First ? _line.First : _line.Last;
        if (node is null) return Value.Nil;
        _line.Remove(node);
        return node.Value;
    }

    /// <summary>What is in now, in the order of the model's states.</summary>
    public Value ToValue()
    {
        if (_order != TakeOrder.Smallest) return Value.ListOf([.. _line]);
        Value[] items = [.. _bySize.UnorderedItems.Select(static item => item.Element)];
        Array.Sort(items, ValueOrder.Comparer);
        return Value.ListOf(items);
    }
}
