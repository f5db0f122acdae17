using RaftCheck.Raft.Messages;
using RaftCheck.Raft.Seams;
using RaftCheck.Raft.Storage;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests.Harness;

/// <summary>
/// One node, server 0, in a world that the test scripts: it moves the clock, answers the calls, and holds or loses the
/// disk's writes. Each step runs until the node has nothing left to do, on the test's thread.
/// </summary>
internal sealed class NodeUnderTest
{
    private readonly SingleThread thread = new();
    private readonly ScriptedTransport network;
    private readonly LogObserver observer = new();

    public NodeUnderTest(int servers = 3, TestDisk? disk = null, RaftOptions? options = null, IStateMachine? stateMachine = null)
    {
        Disk = disk ?? new TestDisk();
        network = new ScriptedTransport(thread);
        Tasks = new RecordingTaskStarter(thread);
        var seams = new RaftSeams(Clock, Randomness, network, Disk, Tasks);
        var members = Enumerable.Range(0, servers).Select(Server).ToList();
        Node = thread.Do(() => RaftNode.OpenAsync(Server(0), members, options ?? Plain, seams, stateMachine ?? Machine, observer)).Now();
        Do(Node.Run);
    }

    /// <summary>The paper's Raft, without what the dissertation adds to elections: what tests have that ask for nothing else.</summary>
    public static RaftOptions Plain { get; } = new() { PreVote = false, CheckQuorum = false };

    public RaftNode Node { get; }

    public TestDisk Disk { get; }

    public ManualClock Clock { get; } = new();

    public ScriptedRandomness Randomness { get; } = new();

    public RecordingTaskStarter Tasks { get; }

    public RecordingStateMachine Machine { get; } = new();

    public List<Call<RequestVoteRequest, RequestVoteReply>> Votes => network.Votes;

    public List<Call<AppendEntriesRequest, AppendEntriesReply>> Appends => network.Appends;

    public List<Call<InstallSnapshotRequest, InstallSnapshotReply>> Snapshots => network.Snapshots;

    public List<Call<TimeoutNowRequest, TimeoutNowReply>> TimeoutNows => network.TimeoutNows;

    public List<Call<ReadIndexRequest, ReadIndexReply>> ReadIndexes => network.ReadIndexes;

    /// <summary>Runs inside each call to the network.</summary>
    public Action? OnSend
    {
        set => network.OnSend = value;
    }

    /// <summary>Answers AppendEntries before the call returns, on behalf of all others; null for never.</summary>
    public Func<AppendEntriesRequest, AppendEntriesReply?>? AnswerAtOnce
    {
        set => network.AnswerAtOnce = value;
    }

    public Role Role => Node.GetStatus().Role;

    public long Term => Node.GetStatus().CurrentTerm.Value;

    public NodeId? VotedFor => Node.GetStatus().VotedFor;

    public long CommitIndex => Node.GetStatus().CommitIndex.Value;

    public long[] LogTerms => [.. observer.Log.Select(e => e.Term.Value)];

    /// <summary>The index after which the log begins.</summary>
    public long BaseIndex => observer.BaseIndex.Value;

    /// <summary>What the observer was told of snapshots and sessions.</summary>
    public List<string> SnapshotEvents => observer.Snapshots;

    /// <summary>What the observer was told of elections, transfers and reads, in order.</summary>
    public List<string> ElectionEvents => observer.Elections;

    /// <summary>The operator's wish for a snapshot.</summary>
    public Task<SnapshotMetadata?> TakeSnapshot() => thread.Do(() => Node.TakeSnapshotAsync());

    public List<LogIndex> Truncations => observer.Truncations;

    public long[] Applied => [.. Machine.Applied.Select(e => e.Index.Value)];

    /// <summary>Does something, and all that follows from it at once.</summary>
    public T Do<T>(Func<T> action) => thread.Do(action);

    public void Do(Action action) => thread.Do(() =>
    {
        action();
        return true;
    });

    public Task<RequestVoteReply> Send(RequestVoteRequest request) => thread.Do(() => Node.HandleAsync(request));

    public Task<AppendEntriesReply> Send(AppendEntriesRequest request) => thread.Do(() => Node.HandleAsync(request));

    public Task<InstallSnapshotReply> Send(InstallSnapshotRequest request) => thread.Do(() => Node.HandleAsync(request));

    public InstallSnapshotReply Ask(InstallSnapshotRequest request) => Send(request).Now();

    public RequestVoteReply Ask(RequestVoteRequest request) => Send(request).Now();

    public AppendEntriesReply Ask(AppendEntriesRequest request) => Send(request).Now();

    public StartResult Start(string command = "x") => thread.Do(() => Node.Start(System.Text.Encoding.UTF8.GetBytes(command)));

    public Task<ProposeResult> Propose(ReadOnlyMemory<byte> command) => thread.Do(() => Node.ProposeAsync(command));

    public void CompleteFlush(Exception? failure = null) => Disk.CompleteFlush(thread, failure);

    /// <summary>Lets time pass; all that falls due happens at its moment.</summary>
    public void Elapse(int ms)
    {
        var end = Clock.Now + TimeSpan.FromMilliseconds(ms);
        while (thread.Do(() => Clock.AdvanceToNext(end)))
        {
        }
    }

    /// <summary>Lets time pass until the node has begun a new election, and shows only that election's calls.</summary>
    public void AwaitElection()
    {
        Votes.Clear();
        var termBefore = Term;
        for (var polls = 0; Term == termBefore; polls++)
        {
            Assert.True(polls < 100, "No election began within 1 s.");
            Elapse(10);
        }
    }

    /// <summary>
    /// Makes the node the leader of the next term, with everybody's vote, and shows only its first AppendEntries: the
    /// probes that carry the no-op.
    /// </summary>
    public void BecomeLeader()
    {
        AwaitElection();
        WinElection();
    }

    /// <summary>Everybody votes for the node, which is a candidate. Shows only its first AppendEntries.</summary>
    public void WinElection()
    {
        Appends.Clear();
        foreach (var call in Votes)
        {
            call.Reply(Granted(Term));
        }

        Assert.Equal(Role.Leader, Role);
    }

    /// <summary>Makes the node the leader of a given term, with a log of the given terms that an earlier leader gave it.</summary>
    public static NodeUnderTest Leader(long term, long[] log, int servers = 3, RaftOptions? options = null)
    {
        var node = new NodeUnderTest(servers, options: options);
        Assert.True(node.Ask(Append(term - 1, entries: log)).Success);
        node.BecomeLeader();
        return node;
    }

    /// <summary>
    /// Makes the node the leader of a given term, with a log of the given terms and the no-op that its own term begins
    /// with, which all others have confirmed: from now on it replicates without probing. Its calls so far are not shown.
    /// </summary>
    public static NodeUnderTest Established(long term, long[] log, int servers = 3, RaftOptions? options = null)
    {
        var node = Leader(term, log, servers, options);
        foreach (var probe in node.Appends.ToList())
        {
            probe.Reply(Accepted(term));
        }

        Assert.Equal(log.Length + 1, node.CommitIndex);
        node.Appends.Clear();
        return node;
    }

    /// <summary>Makes the node a follower in a given term, with a log of the given terms.</summary>
    public static NodeUnderTest Follower(long term, params long[] log)
    {
        var node = new NodeUnderTest();
        Assert.True(node.Ask(Append(term, entries: log)).Success);
        return node;
    }

    /// <summary>The AppendEntries to a peer, oldest first.</summary>
    public List<Call<AppendEntriesRequest, AppendEntriesReply>> AppendsTo(int to) => [.. Appends.Where(call => call.To == Server(to))];

    /// <summary>The latest AppendEntries to a peer.</summary>
    public Call<AppendEntriesRequest, AppendEntriesReply> LastAppend(int to) => Appends.Last(call => call.To == Server(to));
}
