using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Sessions;

/// <summary>
/// The client sessions of one server (dissertation, §6.3), by which commands that are sent again take effect once. Part of
/// the replicated state: the same entries in the same order give the same table on every server, if the limits in the
/// options are the same. Used by the applier alone, for one entry after the other; nothing comes between a
/// <see cref="Begin"/> that says <see cref="SessionDecision.Execute"/> and its <see cref="Complete"/>.
/// </summary>
/// <remarks>
/// Bounded in two ways: at most <see cref="RaftOptions.MaxSessions"/> sessions, of which the least recently used gives way
/// to a new one, each with a response of <see cref="RaftOptions.MaxSessionResponseBytes"/> at the most. A larger response
/// goes to the client, but is not kept: its command, sent again, is not executed again, and is told so.
/// </remarks>
internal sealed class SessionTable(RaftOptions options)
{
    private readonly Dictionary<long, LinkedListNode<Session>> byId = [];

    /// <summary>The least recently used first. The order comes from the log, and is the only one in which sessions are visited.</summary>
    private readonly LinkedList<Session> byLastUse = new();

    /// <summary>Is told which session has ended, idle for too long or for another one's sake.</summary>
    public Action<long>? Ended { get; init; }

    /// <summary>How many sessions there are.</summary>
    public int Count => byId.Count;

    /// <summary>A number that stands for the whole table: equal tables have equal ones, on every server. Kept up to date with each change.</summary>
    public ulong Digest { get; private set; }

    /// <summary>
    /// Ends the sessions that were not used for the session timeout. To be called before an entry of any kind is applied;
    /// <see cref="Register"/> and <see cref="Begin"/> do it themselves.
    /// </summary>
    /// <param name="now">The entry's own time. No other clock is asked.</param>
    public void ExpireIdle(TimeSpan now)
    {
        while (byLastUse.First is { } oldest && SessionRule.IsExpired(oldest.Value.LastUsed, now, options.SessionTimeout))
        {
            Remove(oldest);
        }
    }

    /// <summary>Opens a session, whose identity is the entry's index (Figure 6.1, RegisterClient, rule 3).</summary>
    /// <param name="entry">An entry of kind <see cref="EntryKind.RegisterClient"/>.</param>
    public void Register(LogEntry entry)
    {
        ExpireIdle(entry.Time);

        // More than one only after the limit was lowered.
        while (byLastUse.First is { } oldest && Count >= options.MaxSessions)
        {
            Remove(oldest);
        }

        Add(new Session(entry.Index.Value, entry.Index, entry.Time, 0, null));
    }

    /// <summary>
    /// Decides on a command of a session (Figure 6.1, ClientRequest, rules 3 and 4). Each command keeps its session
    /// alive, also one that is not executed: a client with nothing to do can send its latest command again.
    /// </summary>
    /// <param name="entry">An entry of kind <see cref="EntryKind.Command"/> that names a client.</param>
    /// <param name="response">For <see cref="SessionDecision.AnswerAgain"/>, the answer; otherwise empty.</param>
    /// <exception cref="ArgumentException">The entry names no client: its command needs no decision.</exception>
    public SessionDecision Begin(LogEntry entry, out ReadOnlyMemory<byte> response)
    {
        var client = entry.Client ?? throw new ArgumentException($"Entry {entry.Index} belongs to no session.", nameof(entry));
        ExpireIdle(entry.Time);
        response = default;
        if (!byId.TryGetValue(client.ClientId, out var node))
        {
            return SessionRule.Decide(null, false, client.Sequence);
        }

        var session = node.Value;
        Use(node, session with { LastUsedIndex = entry.Index, LastUsed = entry.Time });
        var decision = SessionRule.Decide(session.LastSequence, session.Response is not null, client.Sequence);
        if (decision == SessionDecision.AnswerAgain)
        {
            response = session.Response!.Bytes;
        }

        return decision;
    }

    /// <summary>Keeps the response of a command that was executed, in place of the one before (Figure 6.1, ClientRequest, rule 6).</summary>
    /// <param name="client">The command.</param>
    /// <param name="response">Its response. It is copied, so that the table holds no more than these bytes.</param>
    /// <exception cref="InvalidOperationException">The command was not to be executed.</exception>
    public void Complete(ClientSequence client, ReadOnlyMemory<byte> response)
    {
        if (!byId.TryGetValue(client.ClientId, out var node) || client.Sequence <= node.Value.LastSequence)
        {
            throw new InvalidOperationException($"Command {client} has a response although it was not to be executed.");
        }

        var kept = response.Length <= options.MaxSessionResponseBytes ? new KeptResponse(response.ToArray()) : null;
        Use(node, node.Value with { LastSequence = client.Sequence, Response = kept });
    }

    /// <summary>
    /// The table at this moment, to be written by a task of its own beside further entries being applied (§7). It takes one
    /// reference for each session.
    /// </summary>
    public SessionTableSnapshot Capture() => new([.. byLastUse]);

    /// <summary>Forgets all sessions, and takes over those that <see cref="SessionTableSnapshot.WriteToAsync"/> wrote. Reads no byte more than that.</summary>
    /// <param name="source">The source. What follows in it is left for others.</param>
    /// <exception cref="FormatException">It holds no table, or one of a format that this build does not know. The table is as it was.</exception>
    public async Task RestoreAsync(IByteSource source)
    {
        var sessions = await SessionTableSnapshot.ReadAsync(source);
        byId.Clear();
        byLastUse.Clear();
        Digest = 0;
        foreach (var session in sessions)
        {
            Add(session);
        }
    }

    private void Add(Session session)
    {
        var node = new LinkedListNode<Session>(session);
        byId.Add(session.Id, node);
        byLastUse.AddLast(node);
        Digest = unchecked(Digest + session.Digest());
    }

    private void Use(LinkedListNode<Session> node, Session session)
    {
        Digest = unchecked(Digest - node.Value.Digest() + session.Digest());
        node.Value = session;
        byLastUse.Remove(node);
        byLastUse.AddLast(node);
    }

    private void Remove(LinkedListNode<Session> node)
    {
        Digest = unchecked(Digest - node.Value.Digest());
        byLastUse.Remove(node);
        byId.Remove(node.Value.Id);
        Ended?.Invoke(node.Value.Id);
    }
}
