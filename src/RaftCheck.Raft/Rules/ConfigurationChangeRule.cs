namespace RaftCheck.Raft.Rules;

/// <summary>
/// Which configuration may follow which (dissertation, §4.1 and §4.3), so that any quorum of the one shares a server with
/// any quorum of the other: either they differ by one voter at the most, or one of them is the joint one.
/// </summary>
public static class ConfigurationChangeRule
{
    /// <summary>
    /// Why a leader may not begin any change now, or null if it may (§4.1). That it has committed an entry of its own term
    /// is the correction of 2015: without it, two leaders of different terms can each change another voter from one and
    /// the same configuration, and the two results need not overlap.
    /// </summary>
    /// <param name="firstIndexOfTerm">The index of the first entry of the leader's own term.</param>
    /// <param name="commitIndex">The leader's commit index.</param>
    /// <param name="configurationIndex">The index of the latest configuration in its log.</param>
    /// <param name="isChangeUnderWay">Whether an earlier change has not ended yet.</param>
    /// <param name="isTransferUnderWay">Whether the leadership is being handed over (§3.10).</param>
    /// <param name="leaderIsVoter">Whether the leader is still a voter.</param>
    public static string? WhyNotNow(
        LogIndex firstIndexOfTerm,
        LogIndex commitIndex,
        LogIndex configurationIndex,
        bool isChangeUnderWay,
        bool isTransferUnderWay,
        bool leaderIsVoter)
    {
        if (firstIndexOfTerm > commitIndex)
        {
            return "This leader has not committed an entry of its own term yet.";
        }

        if (configurationIndex > commitIndex)
        {
            return $"The configuration at index {configurationIndex} is not committed yet, and there is one change at a time.";
        }

        if (isChangeUnderWay)
        {
            return "Another change is under way, and there is one at a time.";
        }

        if (isTransferUnderWay)
        {
            return "The leadership is being handed over.";
        }

        return leaderIsVoter ? null : "This leader is no longer a voter, and about to step down.";
    }

    /// <summary>The configuration that a change begins with, or why the change is not possible.</summary>
    /// <param name="current">The configuration in use.</param>
    /// <param name="change">The change.</param>
    public static ConfigurationDecision Decide(ClusterConfiguration current, ConfigurationChange change)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(change);
        if (change.Kind == ConfigurationChangeKind.LeaveJoint)
        {
            return current.IsJoint
                ? ConfigurationDecision.Append(LeaveJoint(current))
                : ConfigurationDecision.Refuse("There is no joint consensus to leave.");
        }

        if (current.IsJoint)
        {
            return ConfigurationDecision.Refuse($"A joint consensus is under way, {current}: it must be left first.");
        }

        return change.Kind == ConfigurationChangeKind.Replace ? Replace(current, change) : ChangeOne(current, change.Kind, change.Server);
    }

    /// <summary>
    /// Whether one configuration may follow the other without a joint one between them (§4.1): neither is joint, and
    /// no more than one voter differs. Learners don't matter: they are in no quorum.
    /// </summary>
    /// <param name="from">The earlier configuration.</param>
    /// <param name="to">The later one.</param>
    public static bool IsSimple(ClusterConfiguration from, ClusterConfiguration to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return !from.IsJoint && !to.IsJoint && from.Voters.Except(to.Voters).Count() + to.Voters.Except(from.Voters).Count() <= 1;
    }

    /// <summary>
    /// C_old,new (§4.3). A voter of the old configuration that is to become a learner stays a voter of C_old until the
    /// end. Learners that have no place in the new one leave at once.
    /// </summary>
    /// <param name="current">The configuration in use; not a joint one.</param>
    /// <param name="target">The configuration in the end; not a joint one, with at least one voter.</param>
    /// <param name="autoLeave">Whether the leader leaves the joint consensus by itself.</param>
    public static ClusterConfiguration EnterJoint(ClusterConfiguration current, ClusterConfiguration target, bool autoLeave)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(target);
        return ClusterConfiguration.Joint(
            target.Voters,
            current.Voters,
            target.Learners.Except(current.Voters),
            target.Learners.Intersect(current.Voters),
            autoLeave);
    }

    /// <summary>C_new (§4.3): the new voters alone, and as learners also those who were voters of C_old until now.</summary>
    /// <param name="joint">A joint configuration.</param>
    public static ClusterConfiguration LeaveJoint(ClusterConfiguration joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        return ClusterConfiguration.Of(joint.Voters, joint.Learners.Concat(joint.NextLearners));
    }

    private static ConfigurationDecision Replace(ClusterConfiguration current, ConfigurationChange change)
    {
        if (change.Voters.Count == 0)
        {
            return ConfigurationDecision.Refuse("A cluster without voters could never decide anything again.");
        }

        foreach (var learner in change.Learners)
        {
            if (change.Voters.Contains(learner))
            {
                return ConfigurationDecision.Refuse($"{learner} can't be both a voter and a learner.");
            }
        }

        var target = ClusterConfiguration.Of(change.Voters, change.Learners);
        if (target == current)
        {
            return ConfigurationDecision.Refuse($"The configuration is {current} already.");
        }

        return ConfigurationDecision.Append(change.AutoLeave && IsSimple(current, target) ? target : EnterJoint(current, target, change.AutoLeave));
    }

    private static ConfigurationDecision ChangeOne(ClusterConfiguration current, ConfigurationChangeKind kind, NodeId server)
    {
        if (WhyNotOne(current, kind, server) is { } refusal)
        {
            return ConfigurationDecision.Refuse(refusal);
        }

        var voters = current.Voters.Where(voter => voter != server);
        var learners = current.Learners.Where(learner => learner != server);
        return ConfigurationDecision.Append(kind switch
        {
            ConfigurationChangeKind.AddVoter => ClusterConfiguration.Of(voters.Append(server), learners),
            ConfigurationChangeKind.Remove => ClusterConfiguration.Of(voters, learners),
            _ => ClusterConfiguration.Of(voters, learners.Append(server)),
        });
    }

    private static string? WhyNotOne(ClusterConfiguration current, ConfigurationChangeKind kind, NodeId server)
    {
        var isVoter = current.IsVoter(server);
        return kind switch
        {
            ConfigurationChangeKind.AddVoter when isVoter => $"{server} is a voter already.",
            ConfigurationChangeKind.AddLearner when isVoter => $"{server} is a voter: to make it a learner is to demote it.",
            ConfigurationChangeKind.AddLearner when current.IsLearner(server) => $"{server} is a learner already.",
            ConfigurationChangeKind.DemoteVoter when !isVoter => $"{server} is not a voter.",
            ConfigurationChangeKind.Remove when !current.IsMember(server) => $"{server} is not a member of the cluster.",
            ConfigurationChangeKind.DemoteVoter or ConfigurationChangeKind.Remove when isVoter && current.Voters.Count == 1 =>
                $"{server} is the only voter, and a cluster without voters could never decide anything again.",
            _ => null,
        };
    }
}
