namespace RaftCheck.Linearizability;

/// <summary>Sets from which nothing is removed, and that are read as a whole.</summary>
internal sealed class SetReads() : GrowthMonitor(isOrdered: false)
{
    /// <inheritdoc/>
    public override string Name => "set-reads";
}
