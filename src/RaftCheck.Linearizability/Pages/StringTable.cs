namespace RaftCheck.Linearizability;

/// <summary>Texts that occur many times, each kept once and named by its number. For one thread.</summary>
internal sealed class StringTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>The texts, in the order of their numbers.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The number of a text, from 0.</summary>
    public int Add(string text)
    {
        if (_numbers.TryGetValue(text, out int number)) return number;
        number = _texts.Count;
        _numbers.Add(text, number);
        _texts.Add(text);
        return number;
    }
}
