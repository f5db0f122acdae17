using System.Buffers.Binary;

namespace RaftCheck.Raft;

/// <summary>
/// Which servers make up the cluster (dissertation, chapter 4). While a joint consensus is under way there are two sets
/// of voters, and every decision needs a majority of each (§4.3). Immutable; compared by value.
/// </summary>
public sealed record ClusterConfiguration
{
    private const byte FormatVersion = 1;

    /// <summary>No server at all: that of a server which has yet to be added to a cluster. It never stands for election.</summary>
    public static ClusterConfiguration Empty { get; } = new();

    /// <summary>The servers that vote and count, in order; under joint consensus those of the new configuration, C_new.</summary>
    public IReadOnlyList<NodeId> Voters { get; private init; } = [];

    /// <summary>Under joint consensus, the voters of the old configuration, C_old, in order; otherwise empty.</summary>
    public IReadOnlyList<NodeId> OldVoters { get; private init; } = [];

    /// <summary>Servers that receive the log, and neither vote nor count (§4.2.1), in order. None of them is a voter.</summary>
    public IReadOnlyList<NodeId> Learners { get; private init; } = [];

    /// <summary>
    /// Under joint consensus, old voters that become learners when it is left, in order: until then they still vote as
    /// members of C_old. Otherwise empty.
    /// </summary>
    public IReadOnlyList<NodeId> NextLearners { get; private init; } = [];

    /// <summary>Under joint consensus, whether the leader leaves it by itself once it is committed.</summary>
    public bool AutoLeave { get; private init; }

    /// <summary>Whether a joint consensus is under way: C_old,new.</summary>
    public bool IsJoint => OldVoters.Count > 0;

    /// <summary>A configuration with these voters, and learners.</summary>
    /// <param name="voters">The servers that vote. A server that is named twice is one.</param>
    /// <param name="learners">The servers that don't.</param>
    /// <exception cref="ArgumentException">A server is both voter and learner.</exception>
    public static ClusterConfiguration Of(IEnumerable<NodeId> voters, IEnumerable<NodeId>? learners = null) =>
        Joint(voters, [], learners ?? [], [], autoLeave: false);

    /// <summary>A joint configuration, C_old,new; without <paramref name="oldVoters"/>, a simple one.</summary>
    /// <param name="voters">The voters of C_new.</param>
    /// <param name="oldVoters">The voters of C_old.</param>
    /// <param name="learners">The servers that don't vote in either.</param>
    /// <param name="nextLearners">Voters of C_old that become learners in the end.</param>
    /// <param name="autoLeave">Whether the leader leaves the joint consensus by itself.</param>
    /// <exception cref="ArgumentException">A learner is a voter too, or a next learner is not a voter of C_old alone.</exception>
    public static ClusterConfiguration Joint(
        IEnumerable<NodeId> voters,
        IEnumerable<NodeId> oldVoters,
        IEnumerable<NodeId> learners,
        IEnumerable<NodeId> nextLearners,
        bool autoLeave)
    {
        var configuration = new ClusterConfiguration
        {
            Voters = Ordered(voters),
            OldVoters = Ordered(oldVoters),
            Learners = Ordered(learners),
            NextLearners = Ordered(nextLearners),
            AutoLeave = autoLeave,
        };
        foreach (var learner in configuration.Learners)
        {
            Require(!configuration.IsVoter(learner), $"{learner} can't be both a voter and a learner.");
        }

        foreach (var next in configuration.NextLearners)
        {
            Require(
                configuration.OldVoters.Contains(next) && !configuration.Voters.Contains(next),
                $"{next} can become a learner after the joint consensus only if it is a voter of the old configuration, and none of the new one.");
        }

        Require(configuration.IsJoint || !autoLeave, "There is no joint consensus to leave.");
        return configuration;
    }

    /// <summary>Whether a server votes and counts, in either configuration of a joint one.</summary>
    /// <param name="server">The server.</param>
    public bool IsVoter(NodeId server) => Contains(Voters, server) || Contains(OldVoters, server);

    /// <summary>Whether a server receives the log and does not vote.</summary>
    /// <param name="server">The server.</param>
    public bool IsLearner(NodeId server) => Contains(Learners, server);

    /// <summary>Whether a server belongs to the cluster, as a voter or as a learner.</summary>
    /// <param name="server">The server.</param>
    public bool IsMember(NodeId server) => IsVoter(server) || IsLearner(server);

    /// <summary>All servers that the configuration names, each once, in order.</summary>
    public IReadOnlyList<NodeId> Members() => Ordered(Voters.Concat(OldVoters).Concat(Learners));

    /// <inheritdoc/>
    public bool Equals(ClusterConfiguration? other) =>
        other is not null
        && AutoLeave == other.AutoLeave
        && Voters.SequenceEqual(other.Voters)
        && OldVoters.SequenceEqual(other.OldVoters)
        && Learners.SequenceEqual(other.Learners)
        && NextLearners.SequenceEqual(other.NextLearners);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Not System.HashCode, whose seed is another in each process.
        var hash = AutoLeave ? 1 : 0;
        foreach (var list in new[] { Voters, OldVoters, Learners, NextLearners })
        {
            hash = unchecked((hash * 31) + list.Count);
            foreach (var server in list)
            {
                hash = unchecked((hash * 31) + server.Value);
            }
        }

        return hash;
    }

    /// <summary>As etcd's configurations are written: <c>(n0 n1 n2)&amp;&amp;(n0 n1) learners=(n3)</c>.</summary>
    public override string ToString()
    {
        var text = Group(Voters);
        text += IsJoint ? "&&" + Group(OldVoters) : "";
        text += Learners.Count > 0 ? " learners=" + Group(Learners) : "";
        text += NextLearners.Count > 0 ? " next-learners=" + Group(NextLearners) : "";
        return AutoLeave ? text + " auto-leave" : text;
    }

    /// <summary>The configuration as bytes, for an entry of the log or a snapshot.</summary>
    public ReadOnlyMemory<byte> Encode()
    {
        IReadOnlyList<NodeId>[] lists = [Voters, OldVoters, Learners, NextLearners];
        var bytes = new byte[2 + lists.Sum(list => sizeof(int) * (1 + list.Count))];
        bytes[0] = FormatVersion;
        bytes[1] = AutoLeave ? (byte)1 : (byte)0;
        var at = 2;
        foreach (var list in lists)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), list.Count);
            at += sizeof(int);
            foreach (var server in list)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), server.Value);
                at += sizeof(int);
            }
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="FormatException">They are not a configuration, or of a format that this build does not know.</exception>
    public static ClusterConfiguration Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes[0] != FormatVersion || bytes[1] > 1)
        {
            throw new FormatException("This is not a configuration of a cluster, or one of another format version.");
        }

        var rest = bytes[2..];
        var voters = ReadList(ref rest);
        var oldVoters = ReadList(ref rest);
        var learners = ReadList(ref rest);
        var nextLearners = ReadList(ref rest);
        if (!rest.IsEmpty)
        {
            throw new FormatException("There is more than the configuration.");
        }

        try
        {
            return Joint(voters, oldVoters, learners, nextLearners, bytes[1] == 1);
        }
        catch (ArgumentException contradiction)
        {
            throw new FormatException(contradiction.Message, contradiction);
        }
    }

    private static NodeId[] ReadList(ref ReadOnlySpan<byte> from)
    {
        var count = from.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(from);
        if (count < 0 || count > (from.Length / sizeof(int)) - 1)
        {
            throw new FormatException("The configuration's bytes end early.");
        }

        from = from[sizeof(int)..];
        var list = new NodeId[count];
        for (var i = 0; i < count; i++)
        {
            list[i] = new NodeId(BinaryPrimitives.ReadInt32LittleEndian(from));
            from = from[sizeof(int)..];
        }

        return list;
    }

    /// <summary>Without the enumerator that LINQ would allocate: asked for each message.</summary>
    private static bool Contains(IReadOnlyList<NodeId> servers, NodeId server)
    {
        for (var i = 0; i < servers.Count; i++)
        {
            if (servers[i] == server)
            {
                return true;
            }
        }

        return false;
    }

    private static NodeId[] Ordered(IEnumerable<NodeId> servers) => [.. servers.Distinct().OrderBy(server => server.Value)];

    private static string Group(IEnumerable<NodeId> servers) => "(" + string.Join(' ', servers) + ")";

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
