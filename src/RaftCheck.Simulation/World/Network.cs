using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Simulation.World;

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
    public bool DrawLoss(int from, int to) =>
        IsCut(from, to) || Draw(LossBursts > 0 ? Math.Max(500, conditions.LossPerMille) : conditions.LossPerMille);

    /// <summary>Whether a message between a client and a server is lost. Clients are never cut off.</summary>
    public bool DrawClientLoss() => Draw(conditions.LossPerMille);

    public bool DrawDuplicate() => Draw(conditions.DuplicatePerMille);

    /// <summary>How long a message is under way, in microseconds.</summary>
    public long DrawLatencyUs(out bool isStraggler)
    {
        var latencyMs = random.Next(conditions.LatencyMinMs, conditions.LatencyMaxMs + 1);
        isStraggler = Draw(conditions.StragglerPerMille);
        return (isStraggler ? latencyMs + random.Next(conditions.StragglerMs + 1) : latencyMs) * 1000L;
    }

    /// <summary>What is switched off draws no number, so that it can be shrunk away without a change to the rest.</summary>
    private bool Draw(int perMille) => perMille > 0 && random.Next(1000) < perMille;
}
