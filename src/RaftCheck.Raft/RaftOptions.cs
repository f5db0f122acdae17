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

    /// <summary>The most entries that one AppendEntries carries; 1 or more. Default: 64.</summary>
    public int MaxEntriesPerAppend { get; init; } = 64;

    /// <summary>
    /// The most client sessions that are kept (dissertation, §6.3); 1 or more. A new one takes the place of the least
    /// recently used. Must be the same on all servers of a cluster, or their state machines diverge. Default: 10,000.
    /// </summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>
    /// How long a client session lives without a command, in the cluster's time (<see cref="LogEntry.Time"/>). Must be the
    /// same on all servers of a cluster, or their state machines diverge. Default: 1 hour.
    /// </summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The largest response, in bytes, that a client session keeps for a command that is sent again; 0 or more. A larger
    /// one is not kept: the command still takes effect once, but its response can be had once only. Together with
    /// <see cref="MaxSessions"/> it bounds the memory that sessions take. Must be the same on all servers of a cluster, or
    /// their state machines diverge. Default: 16 KiB.
    /// </summary>
    public int MaxSessionResponseBytes { get; init; } = 16 * 1024;

    /// <summary>Checks the settings against each other.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message says which, and what would be right.</exception>
    public void Validate()
    {
        Require(HeartbeatInterval > TimeSpan.Zero, $"HeartbeatInterval must be positive, and is {HeartbeatInterval}.");
        Require(ElectionCheckInterval > TimeSpan.Zero, $"ElectionCheckInterval must be positive, and is {ElectionCheckInterval}.");
        Require(ElectionTimeoutMin > HeartbeatInterval, $"ElectionTimeoutMin ({ElectionTimeoutMin}) must be longer than HeartbeatInterval ({HeartbeatInterval}).");
        Require(ElectionTimeoutMax >= ElectionTimeoutMin, $"ElectionTimeoutMax ({ElectionTimeoutMax}) must not be shorter than ElectionTimeoutMin ({ElectionTimeoutMin}).");
        Require(MaxEntriesPerAppend >= 1, $"MaxEntriesPerAppend must be 1 or more, and is {MaxEntriesPerAppend}.");
        Require(MaxSessions >= 1, $"MaxSessions must be 1 or more, and is {MaxSessions}.");
        Require(SessionTimeout > TimeSpan.Zero, $"SessionTimeout must be positive, and is {SessionTimeout}.");
        Require(MaxSessionResponseBytes >= 0, $"MaxSessionResponseBytes must be 0 or more, and is {MaxSessionResponseBytes}.");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
