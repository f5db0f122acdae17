using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Simulation.World;

/// <summary>Why a message did not arrive.</summary>
internal enum Loss
{
    None,
    Random,
    Cut,
}

/// <summary>
/// The fate of each message: lost or not, how late, how often. Cuts are counted for each direction of each pair, so that
/// overlapping faults add up and end one by one.
/// </summary>
internal sealed class Network(NetworkConditions conditions, int servers, Prng random)
{
    /// <summary>How many faults cut the way from one server to another.</summary>
    private readonly int[] cuts = new int[servers * servers];

    /// <summary>How many loss bursts are in force.</summary>
    public int LossBursts { get; set; }

    public int CallTimeoutMs => conditions.CallTimeoutMs;

    public bool IsCut(int from, int to) => cuts[(from * servers) + to] > 0;

    public void Cut(int from, int to, int change) => cuts[(from * servers) + to] += change;

    /// <summary>Whether a message between two servers is lost as it is sent.</summary>
    public Loss DrawLoss(int from, int to)
    {
        if (IsCut(from, to))
        {
            return Loss.Cut;
        }

        return DrawRandomLoss(LossBursts > 0 ? Math.Max(500, conditions.LossPerMille) : conditions.LossPerMille);
    }

    /// <summary>Whether a message between a client and a server is lost. Clients are never cut off.</summary>
    public Loss DrawClientLoss() => DrawRandomLoss(conditions.LossPerMille);

    public bool DrawDuplicate() => conditions.DuplicatePerMille > 0 && random.Next(1000) < conditions.DuplicatePerMille;

    /// <summary>How long a message is under way, in microseconds.</summary>
    public long DrawLatencyUs(out bool isStraggler)
    {
        var latencyMs = random.Next(conditions.LatencyMinMs, conditions.LatencyMaxMs + 1);
        isStraggler = conditions.StragglerPerMille > 0 && random.Next(1000) < conditions.StragglerPerMille;
        return (isStraggler ? latencyMs + random.Next(conditions.StragglerMs + 1) : latencyMs) * 1000L;
    }

    private Loss DrawRandomLoss(int perMille) =>
        perMille > 0 && random.Next(1000) < perMille ? Loss.Random : Loss.None;
}
