using RaftCheck.Raft.Hosting;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Hosting;

public sealed class DirectoryFileSystemTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("raftcheck-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task What_was_appended_is_there_after_a_reopening()
    {
        var file = await OpenAsync();
        await file.AppendAsync("ab"u8.ToArray());
        await file.AppendAsync("c"u8.ToArray());
        await file.FlushAsync();
        Assert.Equal("abc"u8.ToArray(), (await file.ReadAsync(0, int.MaxValue)).ToArray());
        Close(file);
        Assert.Equal("abc"u8.ToArray(), (await (await OpenAsync()).ReadAsync(0, int.MaxValue)).ToArray());
    }

    [Fact]
    public async Task A_truncated_file_goes_on_where_it_was_cut()
    {
        var file = await OpenAsync();
        await file.AppendAsync("abcdef"u8.ToArray());
        await file.TruncateAsync(2);
        await file.AppendAsync("x"u8.ToArray());
        Assert.Equal("abx"u8.ToArray(), (await file.ReadAsync(0, int.MaxValue)).ToArray());
    }

    [Fact]
    public async Task Reading_does_not_move_where_the_next_append_goes()
    {
        var file = await OpenAsync();
        await file.AppendAsync("ab"u8.ToArray());
        await file.ReadAsync(0, int.MaxValue);
        await file.AppendAsync("c"u8.ToArray());
        Assert.Equal("abc"u8.ToArray(), (await file.ReadAsync(0, int.MaxValue)).ToArray());
    }

    [Fact]
    public async Task A_missing_directory_and_file_are_created_empty()
    {
        var file = await new DirectoryFileSystem(Path.Combine(directory, "a", "b")).OpenAsync("raft.wal");
        Assert.Equal(0, (await file.ReadAsync(0, int.MaxValue)).Length);
        Assert.True(File.Exists(Path.Combine(directory, "a", "b", "raft.wal")));
    }

    [Fact]
    public async Task A_file_in_use_is_not_opened_a_second_time()
    {
        await OpenAsync();
        await Assert.ThrowsAsync<IOException>(OpenAsync);
    }

    [Fact]
    public async Task A_node_keeps_its_vote_in_a_directory()
    {
        var files = new KeepingLast(new DirectoryFileSystem(directory));
        var node = await OpenNodeAsync(files);
        Assert.True((await node.HandleAsync(Vote(term: 3))).VoteGranted);
        Close(files.Last!);
        Assert.Equal((new Term(3), Server(1)), ((await OpenNodeAsync(files)).GetStatus() is var s ? (s.CurrentTerm, s.VotedFor) : default));
    }

    [Fact]
    public async Task A_stopped_node_leaves_its_directory_to_its_successor()
    {
        var files = new DirectoryFileSystem(directory);
        (await OpenNodeAsync(files)).Stop();
        await OpenNodeAsync(files);
    }

    private static void Close(IFile file) => ((IDisposable)file).Dispose();

    private static Task<RaftNode> OpenNodeAsync(IFileSystem files) => RaftNode.OpenAsync(
        Server(0),
        [Server(0), Server(1), Server(2)],
        new RaftOptions(),
        new RaftSeams(new SystemClock(), new SystemRandomness(), new NoNetwork(), files, new ThreadPoolTaskStarter((_, _) => { })),
        new KeyValueStateMachine());

    private Task<IFile> OpenAsync() => new DirectoryFileSystem(directory).OpenAsync("file");

    private sealed class KeepingLast(IFileSystem inner) : IFileSystem
    {
        public IFile? Last { get; private set; }

        public async Task<IFile> OpenAsync(string name) => Last = await inner.OpenAsync(name);

        public Task<IReadOnlyList<string>> ListAsync() => inner.ListAsync();

        public Task RenameAsync(string from, string to) => inner.RenameAsync(from, to);

        public Task DeleteAsync(string name) => inner.DeleteAsync(name);

        public Task FlushDirectoryAsync() => inner.FlushDirectoryAsync();

        public Task<IDisposable> LockAsync() => inner.LockAsync();
    }

    private sealed class NoNetwork : ITransport
    {
        public Task<RequestVoteReply?> CallAsync(NodeId peer, RequestVoteRequest request) => Task.FromResult<RequestVoteReply?>(null);

        public Task<AppendEntriesReply?> CallAsync(NodeId peer, AppendEntriesRequest request) => Task.FromResult<AppendEntriesReply?>(null);

        public Task<InstallSnapshotReply?> CallAsync(NodeId peer, InstallSnapshotRequest request) => Task.FromResult<InstallSnapshotReply?>(null);

        public Task<TimeoutNowReply?> CallAsync(NodeId peer, TimeoutNowRequest request) => Task.FromResult<TimeoutNowReply?>(null);

        public Task<ReadIndexReply?> CallAsync(NodeId peer, ReadIndexRequest request) => Task.FromResult<ReadIndexReply?>(null);
    }
}
