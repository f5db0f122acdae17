namespace RaftCheck.Simulation.Scenarios;

/// <summary>What an operator can ask of a cluster.</summary>
public enum OperatorKind
{
    /// <summary>The leader hands over to a given server.</summary>
    TransferLeadership,

    /// <summary>A server becomes a voter, after it has caught up.</summary>
    AddVoter,

    /// <summary>A server becomes a learner.</summary>
    AddLearner,

    /// <summary>A server is removed.</summary>
    RemoveServer,

    /// <summary>A voter becomes a learner.</summary>
    DemoteVoter,

    /// <summary>The servers of a group take the place of all voters, by joint consensus.</summary>
    ReplaceVoters,

    /// <summary>A given server takes a snapshot.</summary>
    TakeSnapshot,
}

/// <summary>Something that an operator asks of the leader, or, for a snapshot, of one server.</summary>
/// <param name="AtMs">When, in virtual milliseconds.</param>
/// <param name="Kind">What.</param>
/// <param name="Target">The server that it concerns.</param>
/// <param name="Group">For <see cref="OperatorKind.ReplaceVoters"/>, one bit for each new voter; otherwise 0.</param>
public sealed record OperatorAction(int AtMs, OperatorKind Kind, int Target = 0, int Group = 0)
{
    /// <summary>The action in words.</summary>
    public override string ToString() => Kind switch
    {
        OperatorKind.TransferLeadership => $"transfer the leadership to n{Target}",
        OperatorKind.AddVoter => $"add n{Target} as a voter",
        OperatorKind.AddLearner => $"add n{Target} as a learner",
        OperatorKind.RemoveServer => $"remove n{Target}",
        OperatorKind.DemoteVoter => $"make n{Target} a learner",
        OperatorKind.ReplaceVoters => $"replace the voters by {string.Join(' ', Enumerable.Range(0, 31).Where(server => ((Group >> server) & 1) == 1).Select(server => $"n{server}"))}",
        OperatorKind.TakeSnapshot => $"take a snapshot at n{Target}",
        _ => Kind.ToString(),
    };
}
