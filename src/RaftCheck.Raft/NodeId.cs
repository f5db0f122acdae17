namespace RaftCheck.Raft;

/// <summary>The identity of a server. It stays the same over restarts, and no two servers share one.</summary>
/// <param name="Value">The number of the server, 0 or more.</param>
public readonly record struct NodeId(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => "n" + Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
