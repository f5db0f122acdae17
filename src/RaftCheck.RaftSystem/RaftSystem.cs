using RaftCheck.Raft.KeyValue;
using RaftCheck.RaftSystem.Oracle;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem;

/// <summary>The Raft of RaftCheck, with its key-value store, as a system under test.</summary>
public sealed class RaftSystemUnderTest : ISystemUnderTest
{
    /// <inheritdoc/>
    public string Name => "raft";

    /// <inheritdoc/>
    public string Model => "kv";

    /// <inheritdoc/>
    public IReadOnlyList<string> Properties => RaftOracle.Properties;

    /// <inheritdoc/>
    public ISystemRun Begin(Scenario scenario, IRunRecorder recorder)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new RaftRun(new RaftOracle(scenario.Servers, recorder));
    }

    internal static KeyValueOperation OperationOf(string f) => f switch
    {
        "get" => KeyValueOperation.Get,
        "put" => KeyValueOperation.Put,
        "append" => KeyValueOperation.Append,
        "cas" => KeyValueOperation.Cas,
        "delete" => KeyValueOperation.Delete,
        _ => throw new ArgumentException($"The key-value store has no operation \"{f}\".", nameof(f)),
    };
}
