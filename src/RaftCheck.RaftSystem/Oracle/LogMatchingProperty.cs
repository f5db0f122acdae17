using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// Log Matching (Figure 3, §5.3): if two logs contain an entry with the same index and term, then the logs are identical
/// in all entries up through the given index.
/// </summary>
/// <remarks>
/// For each index and term, the digest of the first log that had an entry there is remembered. A log is checked where it
/// grows; what is below was checked when it grew there.
/// </remarks>
internal sealed class LogMatchingProperty(IRunRecorder recorder)
{
    public const string Name = "Log Matching";

    private readonly Dictionary<(LogIndex Index, Term Term), (Digest Prefix, NodeId Server)> seen = [];

    public void CheckLast(ServerView server)
    {
        var index = server.LastIndex;
        if (index == LogIndex.Zero)
        {
            return;
        }

        var term = server.TermAt(index);
        var prefix = server.PrefixAt(index);
        if (!seen.TryAdd((index, term), (prefix, server.Id)) && seen[(index, term)] is var first && first.Prefix != prefix)
        {
            recorder.Violate(Name, $"The logs of {server.Id} and {first.Server} both have an entry of index {index} and term {term}, but are not identical up to it.");
        }
    }
}
