namespace RaftCheck.Linearizability;

/// <summary>Reads a header. Fields that it does not know are left alone.</summary>
/// <param name="source">The text.</param>
/// <param name="offset">Where the header stands in it.</param>
/// <param name="isEdn">Whether it is EDN's notation, in which names have other forms.</param>
/// <param name="find">Finds a field by its name in that notation.</param>
internal readonly struct HeaderFields(SourceText source, int offset, bool isEdn, Func<string, Value> find)
{
    /// <summary>The header of a map in EDN; <see langword="null"/> when that is no header.</summary>
    public static HistoryHeader? ReadEdn(SourceText source, int offset, Value map)
    {
        Value Find(string name) => map.Find(Value.Keyword(name)) ?? Value.Nil;
        return Find("format").IsNamed(HistoryHeader.FormatName) ? new HeaderFields(source, offset, isEdn: true, Find).Read() : null;
    }

    /// <summary>Reads the header.</summary>
    public HistoryHeader Read()
    {
        if (!find("format").IsNamed(HistoryHeader.FormatName)) throw Wrong("format", Word(HistoryHeader.FormatName));
        Value version = find("version");
        if (version.Kind != ValueKind.Integer || version.AsInteger < 1) throw Wrong("version", "a whole number from 1");
        if (version.AsInteger > HistoryHeader.Version)
            throw source.Error(offset, $"the history has version {version.AsInteger} of its format, and this program reads up to version {HistoryHeader.Version}: use a newer one");
        return new HistoryHeader
        {
            Model = Model(),
            NilReads = OneOf(isEdn ? "nil-reads" : "nilReads", "observed", "unconstrained") switch
            {
                "observed" => NilRead.Observed,
                "unconstrained" => NilRead.Unconstrained,
                _ => null,
            },
            ValuesAreEdn = !isEdn && OneOf("values", "json", "edn") == "edn",
            TimesAreUnordered = !isEdn && OneOf("times", "ordered", "unordered") == "unordered",
        };
    }

    private string? Model()
    {
        Value model = find("model");
        if (model.IsNil) return null;
        return model.Kind is ValueKind.String or ValueKind.Keyword ? model.AsText : throw Wrong("model", "a string");
    }

    private string? OneOf(string name, string one, string other)
    {
        Value value = find(name);
        if (value.IsNil) return null;
        return value.IsNamed(one, other) ? value.AsText : throw Wrong(name, $"{Word(one)} or {Word(other)}");
    }

    private HistoryFormatException Wrong(string name, string expected)
    {
        Value found = find(name);
        string field = isEdn ? $":{name}" : $"\"{name}\"";
        return source.Error(offset, found.IsNil
            ? $"the {(isEdn ? "header" : "line")} has no {field}; it is {expected}"
            : $"{field} is {expected}, not {OneLine.Shorten(found.ToString())}");
    }

    private string Word(string word) => isEdn ? $":{word}" : $"\"{word}\"";
}
