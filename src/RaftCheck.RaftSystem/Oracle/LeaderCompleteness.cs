using RaftCheck.Raft;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// Leader Completeness (Figure 3, §5.4): if a log entry is committed in a given term, then that entry will be present in
/// the logs of the leaders for all higher-numbered terms.
/// </summary>
/// <remarks>Checked from both sides: at each election, and, because a leader may learn late of what it has committed, at each commit.</remarks>
internal sealed class LeaderCompleteness(IRunRecorder recorder, IReadOnlyList<ServerView> servers)
{
    public const string Name = "Leader Completeness";

    /// <summary>
    /// For each committed index, from 1 on: the log up to it, the latest configuration there, who committed it first, and
    /// the earliest term in which it was.
    /// </summary>
    private readonly List<(Digest Prefix, Term EntryTerm, LogIndex Configuration, NodeId By, Term InTerm)> committed = [];

    public void Elected(ServerView leader)
    {
        // Votes can be counted late: a leader owes only what was committed in terms before its own.
        var last = committed.Count;
        while (last > 0 && committed[last - 1].InTerm >= leader.Term)
        {
            last--;
        }

        CheckHas(leader, new LogIndex(last));
    }

    public void Committed(ServerView server, LogIndex commitIndex)
    {
        if (commitIndex > server.LastIndex)
        {
            recorder.Violate(Name, $"{server.Id} committed up to index {commitIndex}, but its log ends at index {server.LastIndex}.");
            return;
        }

        for (var index = server.CommitIndex.Next; index <= commitIndex; index = index.Next)
        {
            if (index.Value > committed.Count)
            {
                committed.Add((server.PrefixAt(index), server.TermAt(index), server.ConfigurationAt(index), server.Id, server.Term));
                recorder.CountCommits(1);
                continue;
            }

            var known = committed[(int)index.Value - 1];
            if (known.Prefix != server.PrefixAt(index))
            {
                recorder.Violate(Name, $"{server.Id} committed the entry at index {index} in term {server.Term}, where {known.By} had committed another in term {known.InTerm}.");
                return;
            }

            if (known.InTerm > server.Term)
            {
                committed[(int)index.Value - 1] = known with { InTerm = server.Term };
            }
        }

        server.CommitIndex = commitIndex;
        foreach (var leader in servers)
        {
            if (leader.Role == Role.Leader && leader.Term > server.Term)
            {
                CheckHas(leader, commitIndex);
            }
        }
    }

    /// <summary>
    /// The server's log begins anew behind a snapshot, which covers nothing but what was committed.
    /// </summary>
    /// <returns>False if the snapshot covers something else.</returns>
    public bool Cover(ServerView server, LogIndex upTo, Term term)
    {
        if (upTo.Value > committed.Count || (upTo > LogIndex.Zero && committed[(int)upTo.Value - 1].EntryTerm != term))
        {
            return false;
        }

        while (server.LastIndex < upTo)
        {
            var (prefix, entryTerm, configuration, _, _) = committed[(int)server.LastIndex.Value];
            server.AppendCovered(prefix, entryTerm, configuration);
        }

        return true;
    }

    private void CheckHas(ServerView leader, LogIndex index)
    {
        if (index == LogIndex.Zero)
        {
            return;
        }

        var entry = committed[(int)index.Value - 1];
        if (leader.LastIndex < index || leader.PrefixAt(index) != entry.Prefix)
        {
            var has = leader.LastIndex < index ? $"its log ends at index {leader.LastIndex}" : "its log differs there";
            recorder.Violate(Name, $"{leader.Id} is leader of term {leader.Term}, but {has}: the entries up to index {index} were committed in term {entry.InTerm} by {entry.By}.");
        }
    }
}
