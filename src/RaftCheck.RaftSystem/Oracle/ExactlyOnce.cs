using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>A command of a client session is executed at one index only, however often it is in the log (§8; dissertation, §6.3).</summary>
internal sealed class ExactlyOnce(IRunRecorder recorder)
{
    public const string Name = "Exactly Once";

    private readonly Dictionary<ClientSequence, LogIndex> executed = [];

    public void Executed(ServerView server, LogEntry entry)
    {
        if (entry.Client is { } client && !executed.TryAdd(client, entry.Index) && executed[client] is var first && first != entry.Index)
        {
            recorder.Violate(Name, $"{server.Id} executed command {client.Sequence} of session {client.ClientId} at index {entry.Index}; it had been executed at index {first}.");
        }
    }
}
