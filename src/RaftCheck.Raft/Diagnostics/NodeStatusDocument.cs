using System.Buffers;
using System.Text;
using System.Text.Json;

namespace RaftCheck.Raft.Diagnostics;

/// <summary>A node's status as a JSON document (<c>docs/OBSERVABILITY.md</c>): the same status, the same bytes.</summary>
public static class NodeStatusDocument
{
    /// <summary>Writes a status as one JSON object.</summary>
    /// <param name="status">The status.</param>
    public static string ToJson(NodeStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("id", status.Id.ToString());
            json.WriteString("role", EnumNames<Role>.Of(status.Role));
            json.WriteNumber("currentTerm", status.CurrentTerm.Value);
            json.WriteString("votedFor", status.VotedFor?.ToString());
            json.WriteString("leader", status.LeaderHint?.ToString());
            WriteConfiguration(json, status);
            json.WriteStartObject("log");
            json.WriteNumber("firstIndex", status.FirstLogIndex.Value);
            json.WriteNumber("lastIndex", status.LastLogIndex.Value);
            json.WriteNumber("lastTerm", status.LastLogTerm.Value);
            json.WriteNumber("snapshotIndex", status.SnapshotIndex.Value);
            json.WriteEndObject();
            json.WriteNumber("commitIndex", status.CommitIndex.Value);
            json.WriteNumber("lastApplied", status.LastApplied.Value);
            WriteFollowers(json, status.Followers);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteConfiguration(Utf8JsonWriter json, NodeStatus status)
    {
        json.WriteStartObject("configuration");
        json.WriteNumber("index", status.ConfigurationIndex.Value);
        WriteServers(json, "voters", status.Configuration.Voters);
        WriteServers(json, "oldVoters", status.Configuration.OldVoters);
        WriteServers(json, "learners", status.Configuration.Learners);
        WriteServers(json, "nextLearners", status.Configuration.NextLearners);
        json.WriteEndObject();
    }

    private static void WriteFollowers(Utf8JsonWriter json, IReadOnlyList<FollowerStatus> followers)
    {
        json.WriteStartArray("followers");
        foreach (var follower in followers)
        {
            json.WriteStartObject();
            json.WriteString("id", follower.Id.ToString());
            json.WriteString("mode", EnumNames<ReplicationMode>.Of(follower.Mode));
            json.WriteNumber("matchIndex", follower.MatchIndex.Value);
            json.WriteNumber("nextIndex", follower.NextIndex.Value);
            json.WriteNumber("inFlight", follower.InFlight);
            json.WriteNumber("sinceLastContactUs", follower.SinceLastContact.Ticks / TimeSpan.TicksPerMicrosecond);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteServers(Utf8JsonWriter json, string name, IReadOnlyList<NodeId> servers)
    {
        json.WriteStartArray(name);
        foreach (var server in servers)
        {
            json.WriteStringValue(server.ToString());
        }

        json.WriteEndArray();
    }
}
