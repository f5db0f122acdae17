using RaftCheck.Raft.Node;

namespace RaftCheck.Raft;

/// <summary>
/// The applier (Figure 2, rules for all servers; structure advice, row 4): the one loop that delivers committed entries,
/// in log order, without the lock, because delivery can take its time.
/// </summary>
public sealed partial class RaftNode
{
    private readonly AsyncCondition commitAdvanced = new();

    private async Task ApplierLoopAsync()
    {
        while (true)
        {
            Task? newCommit = null;
            IReadOnlyList<LogEntry> committed = [];
            lock (mutex)
            {
                if (stopped)
                {
                    return;
                }

                if (lastApplied == commitIndex)
                {
                    newCommit = commitAdvanced.WaitAsync();
                }
                else
                {
                    committed = log.Slice(lastApplied.Next, (int)(commitIndex.Value - lastApplied.Value));
                }
            }

            if (newCommit is not null)
            {
                await newCommit;
                continue;
            }

            foreach (var entry in committed)
            {
                var isCommand = entry.Kind == EntryKind.Command;
                var result = isCommand ? await stateMachine.ApplyAsync(entry) : ReadOnlyMemory<byte>.Empty;
                observer?.Applied(entry, isCommand ? ApplyOutcome.Executed : ApplyOutcome.Internal);
                lock (mutex)
                {
                    lastApplied = entry.Index;
                    CompleteProposalLocked(entry, result);
                    if (stopped)
                    {
                        return;
                    }
                }
            }
        }
    }
}
