namespace RaftCheck.Raft;

/// <summary>The settings of a <see cref="RaftNode"/>. Immutable.</summary>
public sealed record RaftOptions
{
    /// <summary>
    /// The shortest election timeout (§5.2). Each timeout is drawn between this and <see cref="ElectionTimeoutMax"/>.
    /// Must be longer than <see cref="HeartbeatInterval"/>. Default: 150 ms, as in the paper (§9.3).
    /// </summary>
    public TimeSpan ElectionTimeoutMin { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The longest election timeout. Not shorter than <see cref="ElectionTimeoutMin"/>. Default: 300 ms.</summary>
    public TimeSpan ElectionTimeoutMax { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How often a leader sends AppendEntries to each follower when it has nothing else to send. Default: 50 ms.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The constant for which the election loop sleeps between two looks at the time since it last heard from the leader.
    /// Default: 10 ms.
    /// </summary>
    public TimeSpan ElectionCheckInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Whether a server asks if it would win before it begins a new term (dissertation, §9.6), so that one that was cut
    /// off does not depose a leader when it comes back. Default: true.
    /// </summary>
    public bool PreVote { get; init; } = true;

    /// <summary>
    /// Whether a leader that has not heard from a quorum for <see cref="ElectionTimeoutMax"/> steps down (dissertation,
    /// §6.2), and servers that have just heard from a leader ignore candidates (§4.2.3). Lease reads need it. Default: true.
    /// </summary>
    public bool CheckQuorum { get; init; } = true;

    /// <summary>
    /// How eagerly the server stands for election, 0 to 100. With less than 100 its election timeouts are longer by that
    /// share of <see cref="ElectionTimeoutMax"/>: 0 doubles the longest. It is a preference, never a rule: any server may
    /// lead. Default: 100.
    /// </summary>
    public int ElectionPriority { get; init; } = 100;

    /// <summary>
    /// By how much two servers' clocks may differ in speed, as a share, 0 to less than 1: 0.01 means that while one
    /// measures 100 ms, another measures at least 99 ms and at most 101 ms. Lease reads are linearizable only within it (dissertation,
    /// §6.4.1); nothing else depends on clocks. Default: 0.01.
    /// </summary>
    public double ClockDriftBound { get; init; } = 0.01;

    /// <summary>The most entries that one AppendEntries carries; 1 or more. Default: 64.</summary>
    public int MaxEntriesPerAppend { get; init; } = 64;

    /// <summary>
    /// The most bytes of commands that one AppendEntries carries, 1 or more; a single larger entry is sent alone.
    /// Default: 1 MiB.
    /// </summary>
    public int MaxBytesPerAppend { get; init; } = 1 << 20;

    /// <summary>
    /// How many AppendEntries with entries a leader has under way to one follower at the most, 1 or more (dissertation,
    /// §10.2.2). Default: 8.
    /// </summary>
    public int MaxInFlightAppends { get; init; } = 8;

    /// <summary>
    /// How many entries a leader has uncommitted at the most, 1 or more; beyond it proposals are refused as overload.
    /// Default: 16,384.
    /// </summary>
    public int MaxUncommittedEntries { get; init; } = 16_384;

    /// <summary>
    /// How many bytes of commands a leader has uncommitted at the most, 1 or more; beyond it proposals are refused as
    /// overload, but one is always let in. Default: 64 MiB.
    /// </summary>
    public long MaxUncommittedBytes { get; init; } = 64L << 20;

    /// <summary>
    /// After how many applied entries a server takes a snapshot and compacts its log (§7); 1 or more, 0 for never.
    /// Default: 10,000.
    /// </summary>
    public int SnapshotEntries { get; init; } = 10_000;

    /// <summary>
    /// How many entries before a snapshot's last one the log keeps, so that a follower that is only a little behind needs
    /// no snapshot; 0 or more. Default: 1,000.
    /// </summary>
    public int SnapshotTrailingEntries { get; init; } = 1_000;

    /// <summary>How many bytes one InstallSnapshot carries (Figure 13); 1 or more. Default: 64 KiB.</summary>
    public int SnapshotChunkBytes { get; init; } = 64 << 10;

    /// <summary>
    /// How long a transfer of the leadership may take before the leader takes commands again (dissertation, §3.10).
    /// Default: 300 ms, about an election timeout.
    /// </summary>
    public TimeSpan LeadershipTransferTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// In how many rounds at the most a new server must have caught up before it gets a vote (dissertation, §4.2.1); 1 or
    /// more. Default: 10.
    /// </summary>
    public int CatchUpRounds { get; init; } = 10;

    /// <summary>
    /// How many client sessions there are at the most, 1 or more; one more ends the one that was idle for longest. All
    /// servers of a cluster must have the same value. Default: 10,000.
    /// </summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>
    /// After how long an idle client session ends (dissertation, §6.3), by the log's own time. All servers of a cluster
    /// must have the same value. Default: 1 hour.
    /// </summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The longest response to a client's command that is kept to answer the command if it is sent again, in bytes; 0 or
    /// more. All servers of a cluster must have the same value. Default: 64 KiB.
    /// </summary>
    public int MaxSessionResponseBytes { get; init; } = 64 << 10;

    /// <summary>How large a segment of the write-ahead log becomes, in bytes; 1 or more. Default: 4 MiB.</summary>
    public int WalSegmentBytes { get; init; } = 4 << 20;

    /// <summary>Checks the settings against each other.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message says which, and what would be right.</exception>
    public void Validate()
    {
        Require(HeartbeatInterval > TimeSpan.Zero, $"HeartbeatInterval must be positive, and is {HeartbeatInterval}.");
        Require(ElectionCheckInterval > TimeSpan.Zero, $"ElectionCheckInterval must be positive, and is {ElectionCheckInterval}.");
        Require(ElectionTimeoutMin > HeartbeatInterval, $"ElectionTimeoutMin ({ElectionTimeoutMin}) must be longer than HeartbeatInterval ({HeartbeatInterval}).");
        Require(ElectionTimeoutMax >= ElectionTimeoutMin, $"ElectionTimeoutMax ({ElectionTimeoutMax}) must not be shorter than ElectionTimeoutMin ({ElectionTimeoutMin}).");
        Require(ElectionPriority is >= 0 and <= 100, $"ElectionPriority must be 0 to 100, and is {ElectionPriority}.");
        Require(ClockDriftBound is >= 0 and < 1, $"ClockDriftBound must be 0 to less than 1, and is {ClockDriftBound}.");
        Require(SnapshotEntries >= 0, $"SnapshotEntries must be 0 or more, and is {SnapshotEntries}.");
        Require(SnapshotTrailingEntries >= 0, $"SnapshotTrailingEntries must be 0 or more, and is {SnapshotTrailingEntries}.");
        Require(LeadershipTransferTimeout > TimeSpan.Zero, $"LeadershipTransferTimeout must be positive, and is {LeadershipTransferTimeout}.");
        Require(SessionTimeout > TimeSpan.Zero, $"SessionTimeout must be positive, and is {SessionTimeout}.");
        Require(MaxSessionResponseBytes >= 0, $"MaxSessionResponseBytes must be 0 or more, and is {MaxSessionResponseBytes}.");
        RequireAtLeastOne(MaxEntriesPerAppend, nameof(MaxEntriesPerAppend));
        RequireAtLeastOne(MaxBytesPerAppend, nameof(MaxBytesPerAppend));
        RequireAtLeastOne(MaxInFlightAppends, nameof(MaxInFlightAppends));
        RequireAtLeastOne(MaxUncommittedEntries, nameof(MaxUncommittedEntries));
        RequireAtLeastOne(MaxUncommittedBytes, nameof(MaxUncommittedBytes));
        RequireAtLeastOne(SnapshotChunkBytes, nameof(SnapshotChunkBytes));
        RequireAtLeastOne(CatchUpRounds, nameof(CatchUpRounds));
        RequireAtLeastOne(MaxSessions, nameof(MaxSessions));
        RequireAtLeastOne(WalSegmentBytes, nameof(WalSegmentBytes));
    }

    private static void RequireAtLeastOne(long value, string name) => Require(value >= 1, $"{name} must be 1 or more, and is {value}.");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
