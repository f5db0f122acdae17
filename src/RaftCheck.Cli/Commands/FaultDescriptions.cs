using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Cli.Commands;

/// <summary>The faults in words, for <c>raftcheck list</c>.</summary>
internal static class FaultDescriptions
{
    public static string Of(FaultKind kind) => kind switch
    {
        FaultKind.Crash => "a server's process ends, its disk loses what was not flushed; it restarts later",
        FaultKind.CrashAll => "all servers crash at once, and restart later",
        FaultKind.Isolate => "a server is cut off from all others",
        FaultKind.Partition => "the network is cut into two groups",
        FaultKind.MuteOutbound => "nothing that a server sends to others arrives",
        FaultKind.MuteInbound => "nothing that others send to a server arrives",
        FaultKind.LossBurst => "half of all messages between servers are lost",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This fault has no description."),
    };
}

/// <summary>Names as the command line writes them.</summary>
internal static class Names
{
    public static string Kebab<TEnum>(TEnum value)
        where TEnum : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
