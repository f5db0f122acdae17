using RaftCheck.Raft.Node;

namespace RaftCheck.Raft;

/// <summary>
/// Which configuration is in use: always the latest in the log, committed or not (dissertation, §4.1), and the one before
/// it again when it is truncated away.
/// </summary>
public sealed partial class RaftNode
{
    /// <summary>
    /// The configurations of the log, by their entries' index, behind the one that holds at the log's base. Never empty.
    /// </summary>
    private readonly List<(LogIndex Index, ClusterConfiguration Configuration)> configurations = [];

    /// <summary>The configuration in use. Read with the lock held.</summary>
    private ClusterConfiguration Configuration => configurations[^1].Configuration;

    /// <summary>Whether the latest configuration is not committed yet: then no other may be begun (dissertation, §4.1).</summary>
    private bool IsConfigurationPendingLocked => configurations[^1].Index > commitIndex;

    private void UseConfigurationOfLocked(LogEntry entry)
    {
        configurations.Add((entry.Index, ClusterConfiguration.Decode(entry.Command.Span)));
        ConfigurationChangedLocked();
    }

    private void RollBackConfigurationsLocked(LogIndex truncatedFrom)
    {
        var before = configurations.Count;
        while (configurations.Count > 1 && configurations[^1].Index >= truncatedFrom)
        {
            configurations.RemoveAt(configurations.Count - 1);
        }

        if (configurations.Count < before)
        {
            ConfigurationChangedLocked();
        }
    }

    private void ConfigurationChangedLocked()
    {
        observer?.ConfigurationChanged(Configuration, configurations[^1].Index);
        if (role == Role.Leader)
        {
            FollowConfigurationLocked();
        }
    }

    /// <summary>Who stays keeps its progress; who is new, or comes back, begins anew.</summary>
    private void FollowConfigurationLocked()
    {
        progress = [.. Configuration.Members().Where(member => member != id).Select(member => FindProgressLocked(member) ?? NewProgressLocked(member))];
    }

    private Progress NewProgressLocked(NodeId member) => new(member, log.LastIndex) { LastContact = seams.Clock.Now };
}
