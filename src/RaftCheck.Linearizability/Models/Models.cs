namespace RaftCheck.Linearizability;

/// <summary>A model by its name.</summary>
/// <param name="Name">What users type.</param>
/// <param name="Description">One line.</param>
public sealed record ModelInfo(string Name, string Description);

/// <summary>The models that can be asked for by name.</summary>
public static class Models
{
    private static readonly (ModelInfo Info, Func<string, Value?, Model> Make)[] Known =
    [
        (new("register", "read and write one value; initially nil"),
            static (name, initial) => new RegisterModel(name, initial ?? Value.Nil, hasCas: false)),
        (new("cas-register", "read, write and cas [from to] on one value; initially nil"),
            static (name, initial) => new RegisterModel(name, initial ?? Value.Nil, hasCas: true)),
        (new("multi-register", "txn [[read k nil] [write k v] …] on named registers, all at once; initially {}"),
            static (name, initial) => new MultiRegisterModel(name, initial ?? Value.Map())),
        (new("kv", "get, put, append, delete and cas [expected new] on a map of strings; every key initially \"\""),
            static (name, initial) => new KvModel(name, initial ?? Value.Of(""))),
        (new("mutex", "acquire and release one lock; initially free"),
            static (name, initial) => new MutexModel(name, initial ?? MutexModel.Free)),
        (new("reentrant-mutex", "acquire and release a lock that its holder, a process, may acquire again; initially free"),
            static (name, initial) => new OwnedMutexModel(name, initial ?? MutexModel.Free, isReentrant: true)),
        (new("fenced-mutex", "acquire and release a lock whose holder is given a token, greater than all before; initially free"),
            static (name, initial) => new OwnedMutexModel(name, initial ?? MutexModel.Free, isReentrant: false)),
        (new("set", "add, remove, contains and read; initially #{}"),
            static (name, initial) => new SetModel(name, initial ?? Value.Set(), hasRemove: true)),
        (new("g-set", "add, contains and read on a set that only grows; initially #{}"),
            static (name, initial) => new SetModel(name, initial ?? Value.Set(), hasRemove: false)),
        (new("counter", "add, increment, decrement, add-and-get and read; initially 0"),
            static (name, initial) => new CounterModel(name, initial ?? Value.Of(0))),
        (new("queue", "enqueue, and dequeue what was enqueued first, or nil; initially []"),
            static (name, initial) => new SequenceModel(name, initial ?? Value.List(), "enqueue", "dequeue", TakeOrder.First)),
        (new("stack", "push, and pop what was pushed last, or nil; initially []"),
            static (name, initial) => new SequenceModel(name, initial ?? Value.List(), "push", "pop", TakeOrder.Last)),
        (new("priority-queue", "insert, and delete-min the smallest, or nil; initially []"),
            static (name, initial) => new SequenceModel(name, initial ?? Value.List(), "insert", "delete-min", TakeOrder.Smallest)),
        (new("append-list", "append, and read all elements in order; initially []"),
            static (name, initial) => new AppendListModel(name, initial ?? Value.List())),
        (new("list-append", "txn [[append k v] [r k nil] …] on named lists, all at once; initially {}"),
            static (name, initial) => new ListAppendModel(name, initial ?? Value.Map())),
        (new("unique-ids", "generate ids, none of them twice; initially #{}"),
            static (name, initial) => new UniqueIdsModel(name, initial ?? Value.Set())),
    ];

    /// <summary>Every model, in the order in which help shows them.</summary>
    public static IReadOnlyList<ModelInfo> All { get; } = Array.ConvertAll(Known, static known => known.Info);

    /// <summary>The model of that name.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="initialText">
    /// Its initial value in EDN, such as <c>0</c>, <c>nil</c> or <c>{:x 0 :y 0}</c>; <see langword="null"/> or blank for
    /// the model's own.
    /// </param>
    /// <exception cref="ModelException">There is no such model, or it cannot start from that value.</exception>
    public static Model Find(string name, string? initialText = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach ((ModelInfo info, Func<string, Value?, Model> make) in Known)
        {
            if (string.Equals(info.Name, name, StringComparison.Ordinal)) return make(name, ParseInitial(name, initialText));
        }

        string names = string.Join(", ", All.Select(static info => info.Name));
        throw new ModelException($"There is no model '{OneLine.Shorten(name)}'; the models are {names}.");
    }

    /// <summary>A model of your own.</summary>
    /// <param name="name">What results call it.</param>
    /// <param name="initial">The state before the first operation, of each part.</param>
    /// <param name="step">The state after a call; <see langword="null"/> when it cannot have ended as it did. Must be pure.</param>
    /// <param name="partOf">The part of the state that an operation touches; its <see cref="Operation.Key"/> if not given.</param>
    /// <param name="isRead">Whether an operation changes no state, whatever the state. None is, if not given: that is only slower.</param>
    public static Model Define(
        string name, Value initial, Func<Value, Call, Value?> step, Func<Operation, string?>? partOf = null, Func<Operation, bool>? isRead = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new DelegateModel(name, initial, step, partOf, isRead);
    }

    /// <summary>A model of your own that may go from one state to any of several.</summary>
    /// <param name="name">What results call it.</param>
    /// <param name="initial">The states before the first operation, of each part, that are possible.</param>
    /// <param name="step">The states after a call that are possible; none when it cannot have ended as it did. Must be pure.</param>
    /// <param name="partOf">The part of the state that an operation touches; its <see cref="Operation.Key"/> if not given.</param>
    public static Model DefineNondeterministic(
        string name, IEnumerable<Value> initial, Func<Value, Call, IEnumerable<Value>> step, Func<Operation, string?>? partOf = null)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(step);
        return new PowerSetModel(name, initial, step, partOf);
    }

    /// <summary>The error of a model that cannot start from that value.</summary>
    internal static ModelException BadInitial(string name, Value initial, string expected) =>
        new($"The model '{name}' cannot start from {OneLine.Shorten(initial.ToString())}: {expected}.");

    private static Value? ParseInitial(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            return EdnReader.ReadSingle(new SourceText("initial value", text));
        }
        catch (HistoryFormatException e)
        {
            throw new ModelException($"The initial value '{OneLine.Shorten(text)}' of the model '{name}' is not EDN: {e.Message}.", e);
        }
    }
}
