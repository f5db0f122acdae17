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
