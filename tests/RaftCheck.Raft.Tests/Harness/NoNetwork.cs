using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>A network that reaches nobody: every call runs into its time limit at once.</summary>
internal sealed class NoNetwork : ITransport
{
    public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request) => Task.FromResult<RequestVoteReply?>(null);

    public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request) => Task.FromResult<AppendEntriesReply?>(null);

    public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request) => Task.FromResult<InstallSnapshotReply?>(null);

    public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request) => Task.FromResult<TimeoutNowReply?>(null);

    public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request) => Task.FromResult<ReadIndexReply?>(null);
}
