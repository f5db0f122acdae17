using RaftCheck.Raft;
using RaftCheck.Raft.Storage;
using RaftCheck.Simulation.Systems;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// A server always goes by the latest configuration in its log, committed or not, and a leader adds one only when the one
/// before is committed, and an entry of its own term (dissertation, §4.1, and its correction of 2015). Each differs from
/// the one before by one voter, or one of the two is the joint one (§4.3). All quorums overlap because of that; to see two
/// that don't takes many servers, many changes and much luck.
/// </summary>
internal sealed class LatestConfiguration(IRunRecorder recorder)
{
    public const string Name = "Latest Configuration";

    /// <summary>Every configuration that was ever in a log, by its entry: by Log Matching there is one for each index and term.</summary>
    private readonly Dictionary<(LogIndex Index, Term Term), ClusterConfiguration> entries = [];

    /// <summary>A server's log has grown by an entry.</summary>
    public void Appended(ServerView server, LogEntry entry)
    {
        if (entry.Kind != EntryKind.Configuration)
        {
            return;
        }

        var next = ClusterConfiguration.Decode(entry.Command.Span);
        entries.TryAdd((entry.Index, entry.Term), next);
        if (server.Role == Role.Leader && entry.Term == server.Term)
        {
            CheckChange(server, entry.Index, next);
        }
    }

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

    /// <summary>Called while the leader still goes by the configuration before.</summary>
    private void CheckChange(ServerView leader, LogIndex index, ClusterConfiguration next)
    {
        if (leader.ConfigurationIndex > leader.CommitIndex)
        {
            recorder.Violate(Name, $"{leader.Id} added the configuration {next} at index {index}, and the one before, at index {leader.ConfigurationIndex}, was not committed.");
        }
        else if (leader.TermAt(leader.CommitIndex) != leader.Term)
        {
            recorder.Violate(Name, $"{leader.Id} added the configuration {next} at index {index} in term {leader.Term}, and had not committed an entry of that term.");
        }
        else if (!MayFollow(leader.Configuration, next))
        {
            recorder.Violate(Name, $"{leader.Id} added the configuration {next} at index {index} behind {leader.Configuration}: their quorums need not overlap.");
        }
    }

    private static bool MayFollow(ClusterConfiguration before, ClusterConfiguration next) => (before.IsJoint, next.IsJoint) switch
    {
        (false, false) => before.Voters.Except(next.Voters).Count() + next.Voters.Except(before.Voters).Count() <= 1,
        (false, true) => next.OldVoters.SequenceEqual(before.Voters),
        (true, false) => next.Voters.SequenceEqual(before.Voters),
        _ => false,
    };

    /// <summary>The latest configuration in a server's log up to an index; null if that is the one that the cluster began with.</summary>
    private (LogIndex Index, ClusterConfiguration Configuration)? Find(ServerView server, LogIndex upTo)
    {
        for (var index = upTo; entries.Count > 0 && index > LogIndex.Zero; index = index.Previous)
        {
            if (entries.TryGetValue((index, server.TermAt(index)), out var configuration))
            {
                return (index, configuration);
            }
        }

        return null;
    }

    private static string Text((LogIndex Index, ClusterConfiguration Configuration)? latest) =>
        latest is { } found ? $"{found.Configuration} of index {found.Index}" : "the one that the cluster began with";
}
