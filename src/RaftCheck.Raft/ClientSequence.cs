namespace RaftCheck.Raft;

/// <summary>Which command of which client session this is (dissertation, §6.3).</summary>
/// <param name="ClientId">The session: the index of the entry that registered it; 1 or more.</param>
/// <param name="Sequence">The command's number in the session; each new command has a higher one, a repeated one keeps its own. 1 or more.</param>
public readonly record struct ClientSequence(long ClientId, long Sequence)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ClientId}.{Sequence}");
}
