namespace RaftCheck.Raft.Benchmarks;

/// <summary>Clients of a leader, each with one command at a time: the next when the one before is committed and applied.</summary>
internal static class Load
{
    /// <summary>As long as a small put: a key, a value, and their lengths.</summary>
    private static readonly ReadOnlyMemory<byte> Command = new byte[64];

    /// <summary>Has commands committed, as long as there are to be more.</summary>
    /// <param name="leader">The leader.</param>
    /// <param name="clients">How many clients there are.</param>
    /// <param name="isMore">Whether a client sends another command. Called by several threads.</param>
    /// <returns>How many commands were committed.</returns>
    /// <exception cref="InvalidOperationException">A command was refused: the leader is none any more.</exception>
    public static async Task<int> CommitAsync(RaftNode leader, int clients, Func<bool> isMore)
    {
        var committed = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => CommitAsync(leader, isMore))));
        return committed.Sum();
    }

    private static async Task<int> CommitAsync(RaftNode leader, Func<bool> isMore)
    {
        var committed = 0;
        for (; isMore(); committed++)
        {
            var result = await leader.ProposeAsync(Command);
            if (result.Outcome != ProposeOutcome.Applied)
            {
                throw new InvalidOperationException($"A command ended as {result.Outcome}: the machine is too busy to measure anything.");
            }
        }

        return committed;
    }
}
