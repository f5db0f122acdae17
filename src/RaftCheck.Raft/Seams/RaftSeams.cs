namespace RaftCheck.Raft.Seams;

/// <summary>
/// Everything that is not deterministic, as a node gets it from outside. In production these are the machine's; in a
/// simulated world they are the world's. The same <see cref="RaftNode"/> runs on both, unchanged.
/// </summary>
/// <param name="Clock">The node's clock.</param>
/// <param name="Randomness">Where election timeouts are drawn from.</param>
/// <param name="Transport">The way to the peers.</param>
/// <param name="Files">Where the node keeps what must survive a crash.</param>
/// <param name="Tasks">How the node starts its activities.</param>
public sealed record RaftSeams(IClock Clock, IRandomness Randomness, ITransport Transport, IFileSystem Files, ITaskStarter Tasks);
