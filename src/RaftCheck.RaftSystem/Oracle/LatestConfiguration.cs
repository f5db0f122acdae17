using RaftCheck.Raft;
using RaftCheck.Raft.Storage;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// A server always goes by the latest configuration in its log, committed or not (dissertation, §4.1), also when that
/// changes by truncation, by a snapshot, or by a restart; and a snapshot holds the configuration as of its last entry (§5.1).
/// </summary>
internal sealed class LatestConfiguration(IRunRecorder recorder)
{
    public const string Name = "Latest Configuration";

    /// <summary>Every configuration that was ever in a log, by its entry: by Log Matching there is one for each index and term.</summary>
    private readonly Dictionary<(LogIndex Index, Term Term), ClusterConfiguration> entries = [];

    /// <summary>A server's log has grown by a configuration.</summary>
    public void Appended(LogIndex index, Term term, ClusterConfiguration configuration) => entries.TryAdd((index, term), configuration);

    /// <summary>A server says by which configuration it goes from now on.</summary>
    public void Used(ServerView server) => Check(server, "goes by");

    /// <summary>A server's role has changed: the configuration that it goes by decides what that takes.</summary>
    public void RoleChanged(ServerView server) => Check(server, $"as {server.Role.ToString().ToLowerInvariant()} of term {server.Term} goes by");

    /// <summary>A server has come up.</summary>
    public void Recovered(ServerView server)
    {
        server.ConfigurationIndex = Find(server, server.LastIndex)?.Index ?? LogIndex.Zero;
        Check(server, "came up with");
    }

    /// <summary>Whether a snapshot holds the configuration as of its last entry (dissertation, §5.1).</summary>
    /// <returns>What is wrong, as the rest of a sentence; or null.</returns>
    public string? FindProblem(ServerView server, SnapshotMetadata snapshot)
    {
        var latest = Find(server, snapshot.LastIncludedIndex);
        var right = latest is { } found
            ? snapshot.ConfigurationIndex == found.Index && snapshot.Configuration == found.Configuration
            : snapshot.ConfigurationIndex == LogIndex.Zero;
        return right ? null : $"with the configuration {snapshot.Configuration} of index {snapshot.ConfigurationIndex}, and the latest one there is {Text(latest)}";
    }

    private void Check(ServerView server, string does)
    {
        var latest = Find(server, server.LastIndex);
        var right = latest is { } found
            ? server.ConfigurationIndex == found.Index && server.Configuration == found.Configuration
            : server.ConfigurationIndex == LogIndex.Zero;
        if (!right)
        {
            recorder.Violate(Name, $"{server.Id} {does} the configuration {server.Configuration} of index {server.ConfigurationIndex}, and the latest one in its log is {Text(latest)}.");
        }
    }

    /// <summary>The latest configuration in a server's log up to an index; null if that is the one that the cluster began with.</summary>
    private (LogIndex Index, ClusterConfiguration Configuration)? Find(ServerView server, LogIndex upTo)
    {
        var index = server.ConfigurationAt(upTo);
        return entries.TryGetValue((index, server.TermAt(index)), out var configuration) ? (index, configuration) : null;
    }

    private static string Text((LogIndex Index, ClusterConfiguration Configuration)? latest) =>
        latest is { } found ? $"{found.Configuration} of index {found.Index}" : "the one that the cluster began with";
}
