using RaftCheck.Raft.Hosting;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Tests.Documentation;

/// <summary>The example of <c>docs/RAFT.md</c>, so that it compiles, and does what it says. What stands between the marks is in the document.</summary>
internal static class RaftExample
{
    public static async Task<string> RunAsync(NodeId id, IReadOnlyList<NodeId> members, ITransport transport, string directory)
    {
        // <example>
        var machine = new KeyValueStateMachine();
        var seams = new RaftSeams(
            new SystemClock(),
            new SystemRandomness(),
            transport,
            new DirectoryFileSystem(directory),
            new ThreadPoolTaskStarter((activity, e) => Environment.FailFast($"The activity '{activity}' has failed.", e)));
        var node = await RaftNode.OpenAsync(id, members, new RaftOptions(), seams, machine);
        node.Run();

        // A session, by which a command takes effect once however often it is sent. Its identity is the entry's index.
        ProposeResult session;
        while ((session = await node.RegisterClientAsync()).Outcome != ProposeOutcome.Applied)
        {
            // NotLeader: session.LeaderHint is the server to ask instead, if this one knows.
            await seams.Clock.Delay(TimeSpan.FromMilliseconds(50));
        }

        var put = new KeyValueCommand(KeyValueOperation.Put, "colour", "blue").Encode();
        var written = await node.ProposeAsync(put, new ClientSequence(session.Index.Value, Sequence: 1));

        // Any server may serve a read; this one now holds all that was answered before the call.
        var read = await node.ReadIndexAsync(ReadConsistency.ReadIndex);
        var colour = read.Outcome == ReadOutcome.Ok ? machine.Get("colour") : "not known";

        // A new server receives the log. As a voter it is added in the same way, and gets its vote once it has caught up.
        var change = await node.ChangeConfigurationAsync(ConfigurationChange.AddLearner(new NodeId(3)));

        node.Stop();
        // </example>
        return $"{written.Outcome}, {colour}, {change.Outcome}: {change.Configuration}";
    }
}
