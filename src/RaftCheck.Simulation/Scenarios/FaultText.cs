namespace RaftCheck.Simulation.Scenarios;

/// <summary>Faults in words.</summary>
public static class FaultText
{
    /// <summary>What goes wrong, and for how long.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="servers">How many servers the cluster has.</param>
    public static string Describe(Fault fault, int servers)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return $"{Event(fault, fault.Target == Fault.LeaderTarget ? "the leader" : $"n{fault.Target}", servers)}, for {fault.ForMs} ms{Trigger(fault)}";
    }

    private static string Trigger(Fault fault) => fault.After switch
    {
        FaultTrigger.None => "",
        FaultTrigger.Election => $", {fault.LagMs} ms after the next election",
        FaultTrigger.Commit => $", {fault.LagMs} ms after the next entry is committed",
        FaultTrigger.ConfigurationChange => $", {fault.LagMs} ms after the next change of a configuration",
        _ => $", {fault.LagMs} ms after {fault.After}",
    };

    private static string Event(Fault fault, string target, int servers) => fault.Kind switch
    {
        FaultKind.Crash => $"{target} crashes",
        FaultKind.CrashAll => "all servers crash",
        FaultKind.Isolate => $"{target} is cut off",
        FaultKind.MuteOutbound => $"nothing that {target} sends arrives",
        FaultKind.MuteInbound => $"nothing arrives at {target}",
        FaultKind.LossBurst => "half of all messages are lost",
        FaultKind.Partition => $"the network is cut between {Side(fault, servers, 1)} and {Side(fault, servers, 0)}",
        _ => fault.Kind.ToString(),
    };

    private static string Side(Fault fault, int servers, int bit)
    {
        var side = Enumerable.Range(0, servers).Where(server => ((fault.Group >> server) & 1) == bit).Select(server => $"n{server}").ToArray();
        return side.Length == 0 ? "none" : string.Join(" ", side);
    }
}
