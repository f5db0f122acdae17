namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>The commands that decide what becomes of the messages under way.</summary>
internal static class ScriptDeliveries
{
    /// <summary>Delivers what is under way now, and fits; not what is sent because of it.</summary>
    public static void Deliver(ScriptCluster cluster, string[] arguments)
    {
        var fits = Filter(arguments);
        var batch = cluster.Network.UnderWay.Where(message => fits(message)).ToHashSet();
        for (var i = batch.Count; i > 0; i--)
        {
            cluster.Do(() => cluster.Network.DeliverNext(batch.Contains));
        }
    }

    /// <summary>Delivers until nothing is left to deliver among the servers that are named, or among all.</summary>
    public static void Stabilize(ScriptCluster cluster, string[] arguments)
    {
        var among = arguments.Select(ScriptCluster.Id).ToHashSet();
        var delivered = true;
        for (var i = 0; delivered; i++)
        {
            Assert.True(i < 1_000, "The servers don't come to rest.");
            delivered = false;
            cluster.Do(() => delivered = cluster.Network.DeliverNext(
                message => among.Count == 0 || (among.Contains(message.From) && among.Contains(message.To))));
        }
    }

    /// <summary><c>1->2</c> is what goes from 1 to 2, <c>->2</c> what goes to 2, <c>1-></c> what 1 sent, and other words are looked for in the text.</summary>
    public static Predicate<ScriptNetwork.Message> Filter(string[] arguments) => message => arguments.All(argument =>
    {
        var at = argument.IndexOf("->", StringComparison.Ordinal);
        return at < 0
            ? message.Text.Contains(argument, StringComparison.Ordinal)
            : (at == 0 || message.From == ScriptCluster.Id(argument[..at])) && (at + 2 == argument.Length || message.To == ScriptCluster.Id(argument[(at + 2)..]));
    });
}
