using RaftCheck.Raft.Tests.Harness;

namespace RaftCheck.Raft.Tests;

public sealed class RaftOptionsTests
{
    private static readonly TimeSpan Ms10 = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void The_defaults_are_valid() => new RaftOptions().Validate();

    [Fact]
    public void Settings_that_contradict_each_other_are_refused_by_name()
    {
        Refuses("HeartbeatInterval", new RaftOptions { HeartbeatInterval = TimeSpan.Zero });
        Refuses("ElectionCheckInterval", new RaftOptions { ElectionCheckInterval = TimeSpan.Zero });
        Refuses("ElectionTimeoutMin", new RaftOptions { ElectionTimeoutMin = Ms10, HeartbeatInterval = Ms10 });
        Refuses("ElectionTimeoutMax", new RaftOptions { ElectionTimeoutMax = Ms10 });
        Refuses("MaxEntriesPerAppend", new RaftOptions { MaxEntriesPerAppend = 0 });
        Refuses("MaxSessions", new RaftOptions { MaxSessions = 0 });
        Refuses("SessionTimeout", new RaftOptions { SessionTimeout = TimeSpan.Zero });
        Refuses("MaxSessionResponseBytes", new RaftOptions { MaxSessionResponseBytes = -1 });
    }

    private static void Refuses(string setting, RaftOptions options) =>
        Assert.StartsWith(setting, Assert.Throws<ArgumentException>(() => new NodeUnderTest(options: options)).Message, StringComparison.Ordinal);
}
