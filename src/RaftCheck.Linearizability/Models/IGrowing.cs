namespace RaftCheck.Linearizability;

/// <summary>What an operation does to a collection that only grows.</summary>
internal enum GrowthCallKind
{
    /// <summary>It puts <see cref="GrowthCall.Element"/> in.</summary>
    Add,

    /// <summary>It finds <see cref="GrowthCall.Element"/> in it.</summary>
    Has,

    /// <summary>It does not find <see cref="GrowthCall.Element"/> in it.</summary>
    HasNot,

    /// <summary>It finds the items of <see cref="GrowthCall.Element"/> in it, and nothing else.</summary>
    Read,

    /// <summary>It changes nothing, and fits always.</summary>
    Nothing,
}

/// <summary>An operation in the words of a collection that only grows.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Element">What it is about.</param>
/// <param name="IsNew">Of an <see cref="GrowthCallKind.Add"/>: whether it was the first of this element, if it said so.</param>
internal readonly record struct GrowthCall(GrowthCallKind Kind, Value Element, bool? IsNew = null);

/// <summary>A model of a collection that only grows, at least by some of its operations.</summary>
internal interface IGrowing
{
    /// <summary>Whether the order in which elements came shows, and how often each came; a set is not like that.</summary>
    bool IsOrdered { get; }

    /// <summary>An operation in these words; <see langword="null"/> if it cannot be said so.</summary>
    GrowthCall? AsGrowthCall(in Call call);
}
