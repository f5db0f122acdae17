namespace RaftCheck.Linearizability;

/// <summary>Work that prepares a judgement ends early, because what it may spend ran out. Never leaves a check.</summary>
internal sealed class SpentException(SearchEnd end) : Exception
{
    /// <summary>What ran out.</summary>
    public SearchEnd End { get; } = end;
}
