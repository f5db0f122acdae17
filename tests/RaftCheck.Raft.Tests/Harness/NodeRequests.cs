using RaftCheck.Raft.Messages;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>What operators, readers and other servers ask of a <see cref="NodeUnderTest"/>, besides what Figure 2 has.</summary>
internal static class NodeRequests
{
    public static Task<TransferResult> Transfer(this NodeUnderTest node, int target) => node.Do(() => node.Node.TransferLeadershipAsync(Server(target)));

    public static Task<ReadResult> Read(this NodeUnderTest node, ReadConsistency consistency = ReadConsistency.ReadIndex) =>
        node.Do(() => node.Node.ReadIndexAsync(consistency));

    public static Task<ChangeResult> Change(this NodeUnderTest node, ConfigurationChange change) =>
        node.Do(() => node.Node.ChangeConfigurationAsync(change));

    public static Task<TimeoutNowReply> Send(this NodeUnderTest node, TimeoutNowRequest request) => node.Do(() => node.Node.HandleAsync(request));

    public static TimeoutNowReply Ask(this NodeUnderTest node, TimeoutNowRequest request) => node.Send(request).Now();

    public static Task<ReadIndexReply> Send(this NodeUnderTest node, ReadIndexRequest request) => node.Do(() => node.Node.HandleAsync(request));

    /// <summary>The latest AppendEntries to each of these servers is accepted.</summary>
    public static void AcceptFrom(this NodeUnderTest node, params int[] servers)
    {
        foreach (var server in servers)
        {
            node.LastAppend(server).Reply(Accepted(node.Term));
        }
    }
}
