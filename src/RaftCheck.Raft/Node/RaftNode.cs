using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;
using RaftCheck.Raft.Seams;
using RaftCheck.Raft.Sessions;
using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft;

/// <summary>
/// One Raft server (Figure 2), structured as MIT 6.824 advises: shared state under one lock, one long-running loop for
/// each activity, one task for each RPC. Decisions are pure functions in <c>Rules/</c>; this class is the locked shell.
/// The lock is never held across an await, an RPC, a disk write or a call into the state machine, so whatever was read
/// under it is checked again after each of them. All public members are safe to call from any thread.
/// </summary>
public sealed partial class RaftNode
{
    /// <summary>Guards every mutable field of the node. Methods whose name ends in Locked are called with it held.</summary>
    private readonly object mutex = new();

    private readonly NodeId id;
    private readonly RaftOptions options;
    private readonly RaftSeams seams;
    private readonly IStateMachine stateMachine;
    private readonly IRaftObserver? observer;

    // Persistent state on all servers (Figure 2): kept in memory here, and durable in the write-ahead log.
    private readonly RaftStorage wal;
    private readonly RaftLog log;
    private Term currentTerm;
    private NodeId? votedFor;

    // Made once, and not for each reply and each entry.
    private readonly Func<NodeId, LogIndex> matchIndexOf;
    private readonly Func<Task> persist;

    // Volatile state on all servers (Figure 2, Figure 4).
    private Role role = Role.Follower;
    private NodeId? leaderHint;
    private LogIndex commitIndex;
    private LogIndex lastApplied;
    private bool stopped;

    private RaftNode(
        NodeId id,
        RaftOptions options,
        RaftSeams seams,
        IStateMachine stateMachine,
        IRaftObserver? observer,
        RaftStorage wal,
        PersistentState state)
    {
        this.id = id;
        this.options = options;
        this.seams = seams;
        this.stateMachine = stateMachine;
        this.observer = observer;
        this.wal = wal;
        sessions = new SessionTable(options) { Ended = session => observer?.SessionExpired(session, applying) };
        log = state.Log;
        snapshot = state.Snapshot;
        currentTerm = state.CurrentTerm;
        votedFor = state.VotedFor;
        durableLastIndex = log.LastIndex;
        walPositions.AddRange(Enumerable.Repeat(0L, log.Entries.Count));
        configurations.Add((snapshot?.ConfigurationIndex ?? LogIndex.Zero, snapshot?.Configuration ?? state.Bootstrap));
        lastEntryTime = snapshot?.Time ?? TimeSpan.Zero;
        matchIndexOf = MatchIndexLocked;
        persist = PersistAsync;
        foreach (var entry in log.Entries)
        {
            NoteAppendedLocked(entry);
        }
    }

    /// <summary>Reads a server's storage and creates the server from it. It does nothing until <see cref="Run"/>.</summary>
    /// <param name="id">The server; one of <paramref name="members"/>.</param>
    /// <param name="members">All servers that a new cluster begins with. A storage that was used before knows better.</param>
    /// <param name="options">The settings.</param>
    /// <param name="seams">The clock, randomness, network, files and tasks to run on.</param>
    /// <param name="stateMachine">The state machine, empty.</param>
    /// <param name="observer">Is told what the server does; null for none.</param>
    /// <exception cref="ArgumentException">The settings contradict each other, or the server is not among the members.</exception>
    /// <exception cref="StorageException">The storage can't be used.</exception>
    public static Task<RaftNode> OpenAsync(
        NodeId id,
        IReadOnlyList<NodeId> members,
        RaftOptions options,
        RaftSeams seams,
        IStateMachine stateMachine,
        IRaftObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (!members.Contains(id) || members.Distinct().Count() != members.Count)
        {
            throw new ArgumentException($"The members must be distinct and include {id}; they are {string.Join(", ", members)}.", nameof(members));
        }

        return OpenAsync(id, ClusterConfiguration.Of(members), options, seams, stateMachine, observer);
    }

    /// <summary>Reads a server's storage and creates the server from it. It does nothing until <see cref="Run"/>.</summary>
    /// <param name="id">The server.</param>
    /// <param name="bootstrap">
    /// The configuration that a new cluster begins with, the same for each of its first servers;
    /// <see cref="ClusterConfiguration.Empty"/> for a server that is to be added to a running cluster, which then learns
    /// the configuration from the leader. A storage that was used before knows better, and this is not looked at.
    /// </param>
    /// <param name="options">The settings.</param>
    /// <param name="seams">The clock, randomness, network, files and tasks to run on.</param>
    /// <param name="stateMachine">The state machine, empty.</param>
    /// <param name="observer">Is told what the server does; null for none.</param>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    /// <exception cref="StorageException">The storage can't be used.</exception>
    public static async Task<RaftNode> OpenAsync(
        NodeId id,
        ClusterConfiguration bootstrap,
        RaftOptions options,
        RaftSeams seams,
        IStateMachine stateMachine,
        IRaftObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(bootstrap);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seams);
        ArgumentNullException.ThrowIfNull(stateMachine);
        options.Validate();
        var (wal, state) = await RaftStorage.OpenAsync(seams.Files, id, bootstrap, options.WalSegmentBytes);
        try
        {
            var node = new RaftNode(id, options, seams, stateMachine, observer, wal, state);
            await node.RestoreAtStartAsync();
            observer?.Recovered(new RecoveredState(
                state.CurrentTerm, state.VotedFor, state.Snapshot, state.Log.BaseIndex, state.Log.BaseTerm, state.Log.Entries, node.Configuration));
            return node;
        }
        catch
        {
            // The directory's lock goes with it.
            wal.Dispose();
            throw;
        }
    }

    /// <summary>Starts the server's loops: election timeout, heartbeats, applier. Called once.</summary>
    public void Run()
    {
        lock (mutex)
        {
            RestartElectionTimeoutLocked();
            ForgetNoLeaderLocked();
        }

        seams.Tasks.Start("election timeout", ElectionTimeoutLoopAsync);
        seams.Tasks.Start("heartbeats", HeartbeatLoopAsync);
        seams.Tasks.Start("applier", ApplierLoopAsync);
    }

    /// <summary>
    /// Ends the loops, and all proposals and reads under way with <see cref="ProposeOutcome.Unknown"/> or
    /// <see cref="ReadOutcome.Unknown"/>, and closes the server's files. Requests are refused from then on. May be called
    /// more than once.
    /// </summary>
    public void Stop()
    {
        lock (mutex)
        {
            StopLocked();
        }
    }

    private bool IsStopped
    {
        get
        {
            lock (mutex)
            {
                return stopped;
            }
        }
    }

    private void StopLocked()
    {
        stopped = true;
        leadership.PulseAll();
        commitAdvanced.PulseAll();
        flushed.PulseAll();
        appliedAdvanced.PulseAll();
        snapshotEnded.PulseAll();
        chunkWritten.PulseAll();
        AbandonArrivalLocked();
        EndProposalsLocked();
        EndReadsLocked(ReadOutcome.Unknown);
        EndAskedReadsLocked();
        EndTransferLocked(TransferResult.Stopped);
        AbandonChangeLocked();
        CloseIfStoppedLocked();
    }

    /// <summary>
    /// Rules for all servers (Figure 2): a request or reply of a newer term makes the server adopt that term and become
    /// a follower. The vote of the old term goes with it; within a term it is never cleared.
    /// </summary>
    private void AdoptNewerTermLocked(Term term)
    {
        if (term <= currentTerm)
        {
            return;
        }

        if (role == Role.Leader)
        {
            // While it led it listened to nobody: without this it would stand again at once.
            RestartElectionTimeoutLocked();
        }

        currentTerm = term;
        votedFor = null;
        leaderHint = null;
        wal.AddTermAndVote(currentTerm, votedFor);
        BecomeFollowerLocked();
    }

    /// <summary>The term, and the vote in it, stay as they are: a vote is never cleared within its term.</summary>
    private void BecomeFollowerLocked()
    {
        if (role == Role.Leader)
        {
            EndLeadershipLocked();
        }

        role = Role.Follower;
        observer?.RoleChanged(role, currentTerm);
    }

    private bool IsLeaderLocked(Term inTerm) => role == Role.Leader && currentTerm == inTerm && !stopped;

    /// <summary>The leader's next commit index, from what it and the others have on disk (§5.3, §5.4.2).</summary>
    private void AdvanceLeaderCommitLocked()
    {
        var reached = Quorum.Reached(Configuration, matchIndexOf);
        AdvanceCommitLocked(CommitRule.LeaderCommit(log, commitIndex, currentTerm, reached));
    }

    /// <summary>What a server is known to have on its disk. A leader that is no voter is never asked about itself.</summary>
    private LogIndex MatchIndexLocked(NodeId server) =>
        server == id ? durableLastIndex : FindProgressLocked(server)?.MatchIndex ?? LogIndex.Zero;

    private void AdvanceCommitLocked(LogIndex newCommitIndex)
    {
        if (newCommitIndex > commitIndex)
        {
            for (var index = commitIndex.Next; role == Role.Leader && index <= newCommitIndex; index = index.Next)
            {
                uncommittedBytes -= log[index].Command.Length;
            }

            commitIndex = newCommitIndex;
            observer?.Committed(commitIndex);
            commitAdvanced.PulseAll();
            ConfirmReadsLocked();
            if (role == Role.Leader)
            {
                FollowUpOnCommitLocked();
            }
        }
    }
}
