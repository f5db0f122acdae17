namespace RaftCheck.Linearizability;

/// <summary>Lists to which elements are appended that all differ: what was read must begin what is read later.</summary>
internal sealed class ListPrefixes() : GrowthMonitor(isOrdered: true)
{
    /// <inheritdoc/>
    public override string Name => "list-prefixes";
}
