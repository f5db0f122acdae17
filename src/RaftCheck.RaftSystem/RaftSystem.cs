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
    public bool HasSessions => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Features { get; } = [.. Enum.GetNames<RaftFeature>().Select(Words)];

    /// <inheritdoc/>
    public ISystemRun Begin(Scenario scenario, IRunRecorder recorder)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new RaftRun(new RaftOracle(scenario.Servers, recorder), recorder);
    }

    /// <summary><c>SnapshotTaken</c> as <c>snapshot taken</c>.</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));

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
