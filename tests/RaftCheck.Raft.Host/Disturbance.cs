namespace RaftCheck.Raft.Host;

/// <summary>Cuts off one server after another for a while, the leader too: they fall behind, and need snapshots.</summary>
internal static class Disturbance
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Cut = TimeSpan.FromMilliseconds(120);

    public static async Task RunAsync(LocalCluster cluster, HistoryLog history, int first, CancellationToken end)
    {
        for (var server = new NodeId(first % cluster.Count); !end.IsCancellationRequested; server = new NodeId((server.Value + 1) % cluster.Count))
        {
            await Task.Delay(Quiet, CancellationToken.None);
            history.Note("cut off", server.ToString());
            cluster.Network.CutOff(server);
            await Task.Delay(Cut, CancellationToken.None);
            cluster.Network.CutOff(null);
            history.Note("heal", "");
        }
    }
}
