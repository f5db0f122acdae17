using RaftCheck.Raft.Hosting;
using RaftCheck.Raft.KeyValue;
using RaftCheck.Raft.Seams;
using RaftCheck.Raft.Storage;
using RaftCheck.Raft.Tests.Harness;
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
    public async Task A_directory_in_use_is_not_locked_a_second_time_until_it_is_given_back()
    {
        var files = new DirectoryFileSystem(directory);
        var first = await files.LockAsync();
        var error = await Assert.ThrowsAsync<IOException>(new DirectoryFileSystem(directory).LockAsync);
        Assert.Equal($"The directory {directory} is in use by another process, or by another node of this one.", error.Message);
        first.Dispose();
        (await files.LockAsync()).Dispose();
    }

    [Fact]
    public async Task Two_nodes_never_share_a_directory()
    {
        await OpenNodeAsync(new DirectoryFileSystem(directory));
        var error = await Assert.ThrowsAsync<StorageException>(() => OpenNodeAsync(new DirectoryFileSystem(directory)));
        Assert.Contains("is in use by another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_listed_in_order_without_the_lock_and_renamed_and_deleted()
    {
        var files = new DirectoryFileSystem(directory);
        using var held = await files.LockAsync();
        foreach (var name in new[] { "b", "c", "a" })
        {
            using var file = await files.OpenAsync(name);
            await file.AppendAsync(System.Text.Encoding.ASCII.GetBytes(name));
        }

        Assert.Equal(["a", "b", "c"], await files.ListAsync());
        await files.RenameAsync("c", "b");
        await files.DeleteAsync("a");
        await files.DeleteAsync("never there");
        await files.FlushDirectoryAsync();
        Assert.Equal(["b"], await files.ListAsync());
        using var renamed = await files.OpenAsync("b");
        Assert.Equal("c"u8.ToArray(), (await renamed.ReadAsync(0, 9)).ToArray());
    }

    [Fact]
    public async Task A_reader_goes_on_while_its_file_is_deleted()
    {
        var files = new DirectoryFileSystem(directory);
        using var file = await OpenAsync();
        await file.AppendAsync("abc"u8.ToArray());
        using var reader = await OpenAsync();
        await files.DeleteAsync("file");
        Assert.Equal("bc"u8.ToArray(), (await reader.ReadAsync(1, 9)).ToArray());
    }

    [Fact]
    public async Task A_directory_that_is_gone_is_not_flushed()
    {
        var gone = Path.Combine(directory, "gone");
        var error = await Assert.ThrowsAsync<IOException>(new DirectoryFileSystem(gone).FlushDirectoryAsync);
        Assert.StartsWith($"The directory {gone} can't be opened to be flushed: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_keeps_its_vote_in_a_directory()
    {
        var files = new Crashing(new DirectoryFileSystem(directory));
        var node = await OpenNodeAsync(files);
        Assert.True((await node.HandleAsync(Vote(term: 3))).VoteGranted);
        files.Crash();
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

    /// <summary>Gives up all that the node had open, as the end of its process would.</summary>
    private sealed class Crashing(IFileSystem inner) : IFileSystem
    {
        private readonly List<IDisposable> open = [];

        public void Crash()
        {
            open.ForEach(each => each.Dispose());
            open.Clear();
        }

        public Task<IFile> OpenAsync(string name) => Keep(inner.OpenAsync(name));

        public Task<IReadOnlyList<string>> ListAsync() => inner.ListAsync();

        public Task RenameAsync(string from, string to) => inner.RenameAsync(from, to);

        public Task DeleteAsync(string name) => inner.DeleteAsync(name);

        public Task FlushDirectoryAsync() => inner.FlushDirectoryAsync();

        public Task<IDisposable> LockAsync() => Keep(inner.LockAsync());

        private async Task<T> Keep<T>(Task<T> opening)
            where T : IDisposable
        {
            var opened = await opening;
            open.Add(opened);
            return opened;
        }
    }
}
