using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft;

/// <summary>What begins and ends with a leadership (Figure 2, rules for leaders; §8 for the first entry).</summary>
public sealed partial class RaftNode
{
    // Volatile state on leaders (Figure 2), reinitialized after each election.
    private Progress[] progress = [];

    /// <summary>The index of the no-op that this leadership began with: once it is committed, the leader knows what is (§8).</summary>
    private LogIndex firstIndexOfTerm;

    /// <summary>The cluster's time at the start of this leadership, and the leader's own clock then.</summary>
    private TimeSpan clusterTimeAtStart;

    private TimeSpan leaderSince;

    /// <summary>The latest time in the log, also of entries that were truncated away: the cluster's time never goes back.</summary>
    private TimeSpan lastEntryTime;

    /// <summary>Rules for leaders (Figure 2): progress of all others starts anew, and an entry of the own term is appended (§8).</summary>
    private void BecomeLeaderLocked()
    {
        role = Role.Leader;
        leaderHint = id;
        leaderSince = seams.Clock.Now;
        hasSentTimeoutNow = false;
        clusterTimeAtStart = lastEntryTime;
        observer?.RoleChanged(role, currentTerm);
        progress = [];
        FollowConfigurationLocked();
        firstIndexOfTerm = log.LastIndex.Next;
        uncommittedBytes = log.Entries.Where(entry => entry.Index > commitIndex).Sum(entry => (long)entry.Command.Length);
        AppendOwnLocked(EntryKind.NoOp, ReadOnlyMemory<byte>.Empty, null);
        leadership.PulseAll();
        BroadcastHeartbeatLocked();
    }

    /// <summary>What a leader alone has ends with its leadership.</summary>
    private void EndLeadershipLocked()
    {
        progress = [];
        EndReadsLocked(ReadOutcome.NotLeader);
        EndTransferWithLeadershipLocked();
        AbandonChangeLocked();
    }

    /// <summary>The leader creates an entry, and sees to it that it gets onto its own disk beside the replication (dissertation, §10.2.1).</summary>
    private LogEntry AppendOwnLocked(EntryKind kind, ReadOnlyMemory<byte> command, ClientSequence? client)
    {
        var entry = new LogEntry(log.LastIndex.Next, currentTerm, command) { Kind = kind, Time = ClusterTimeLocked(), Client = client };
        AppendLocked(entry);
        uncommittedBytes += command.Length;
        PersistInBackgroundLocked();
        return entry;
    }

    /// <summary>The cluster's time (dissertation, §6.3): the latest in the log, and how long this leader has led since.</summary>
    private TimeSpan ClusterTimeLocked()
    {
        var now = clusterTimeAtStart + (seams.Clock.Now - leaderSince);
        var wholeMicroseconds = TimeSpan.FromTicks(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond));
        return wholeMicroseconds > lastEntryTime ? wholeMicroseconds : lastEntryTime;
    }

    private Progress? FindProgressLocked(NodeId server)
    {
        foreach (var each in progress)
        {
            if (each.Peer == server)
            {
                return each;
            }
        }

        return null;
    }

    /// <summary>Whether this is still what the leader knows of that server: not if it was removed, or removed and added again.</summary>
    private bool IsCurrentLocked(Progress follower) => Array.IndexOf(progress, follower) >= 0;

    /// <summary>A server has answered in the leader's term: it followed this leader when the request was sent, or later.</summary>
    private void NoteContactLocked(Progress follower, long round, TimeSpan sentAt)
    {
        follower.LastContact = seams.Clock.Now;
        follower.AnsweredRound = Math.Max(follower.AnsweredRound, round);
        follower.AnsweredSentAt = follower.AnsweredSentAt is { } earlier && earlier > sentAt ? earlier : sentAt;
        ConfirmReadsLocked();
    }
}
