using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Host;

/// <summary>Writes into the history what happens to a server's storage: whoever reads it sees what a kill met.</summary>
internal sealed class StorageObserver(NodeId server, HistoryLog history) : IRaftObserver
{
    public void Recovered(RecoveredState state) =>
        history.Note("recovered", $"{server}: term {state.CurrentTerm}, snapshot {Name(state.Snapshot)}, {state.Log.Count} entries behind {state.BaseIndex}");

    public void SnapshotTaken(SnapshotMetadata snapshot) => history.Note("snapshot", $"{server}: {Name(snapshot)}");

    public void SnapshotInstalled(SnapshotMetadata snapshot, bool logKept) => history.Note("install", $"{server}: {Name(snapshot)}");

    private static string Name(SnapshotMetadata? snapshot) => snapshot is null ? "none" : $"{snapshot.LastIncludedIndex}";
}
