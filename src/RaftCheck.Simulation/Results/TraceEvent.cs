namespace RaftCheck.Simulation.Results;

/// <summary>
/// One event of a run. Kept small, because a run has thousands: the text is made only when somebody reads it.
/// </summary>
/// <param name="TimeUs">When it happened, in virtual microseconds.</param>
/// <param name="Server">Where it happened; -1 for the world itself.</param>
/// <param name="Name">What happened: one word or two.</param>
/// <param name="Peer">The other server that it concerns; -1 for none.</param>
/// <param name="Detail">What belongs to it: a message, an entry, a number; null for nothing.</param>
public readonly record struct TraceEvent(long TimeUs, int Server, string Name, int Peer, object? Detail);
