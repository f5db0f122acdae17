using RaftCheck.Raft;
using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;
using RaftCheck.RaftSystem.Oracle;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Hosting;

/// <summary>The seams of the Raft, on a server's host in the virtual world.</summary>
internal sealed class HostSeams(IServerHost host, RaftOracle oracle) : IClock, IRandomness, ITransport, ITaskStarter, IFileSystem
{
    public TimeSpan Now => host.Now;

    public Task Delay(TimeSpan duration) => host.Delay(duration);

    public TimeSpan NextDuration(TimeSpan shortest, TimeSpan longest) =>
        TimeSpan.FromMilliseconds(host.NextRandom((int)shortest.TotalMilliseconds, (int)longest.TotalMilliseconds + 1));

    public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request)
    {
        if (!request.IsPreVote)
        {
            // Whoever is asked may count on the candidate's own vote.
            oracle.VotePromised(request.CandidateId, request.Term, request.CandidateId);
        }

        return host.CallAsync<RequestVoteReply>(peer.Value, request);
    }

    public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request) =>
        host.CallAsync<AppendEntriesReply>(peer.Value, request);

    public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request) =>
        host.CallAsync<InstallSnapshotReply>(peer.Value, request);

    public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request) =>
        host.CallAsync<TimeoutNowReply>(peer.Value, request);

    public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request) =>
        host.CallAsync<ReadIndexReply>(peer.Value, request);

    public void Start(string name, Func<Task> activity) => host.Start(name, activity);

    public Task<IFile> OpenAsync(string name)
    {
        host.Disk.Create(name);
        return Task.FromResult<IFile>(new HostFile(host.Disk, name));
    }

    public Task<IReadOnlyList<string>> ListAsync() => Task.FromResult(host.Disk.List());

    public Task RenameAsync(string from, string to)
    {
        host.Disk.Rename(from, to);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string name)
    {
        host.Disk.Delete(name);
        return Task.CompletedTask;
    }

    public Task FlushDirectoryAsync() => host.Disk.FlushDirectoryAsync();

    public Task<IDisposable> LockAsync() => Task.FromResult(host.Disk.Lock());

    private sealed class HostFile(ISimulatedDisk disk, string name) : IFile
    {
        public long Length => disk.Read(name).Length;

        public Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int count)
        {
            var content = disk.Read(name);
            var start = (int)Math.Min(offset, content.Length);

            // A copy: the disk goes on to use its own bytes.
            return Task.FromResult<ReadOnlyMemory<byte>>(content.Slice(start, Math.Min(count, content.Length - start)).ToArray());
        }

        public Task AppendAsync(ReadOnlyMemory<byte> bytes)
        {
            disk.Append(name, bytes.Span);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
        }

        public Task FlushAsync() => disk.FlushAsync(name);

        public Task TruncateAsync(long length)
        {
            disk.Truncate(name, length);
            return Task.CompletedTask;
        }
    }
}
