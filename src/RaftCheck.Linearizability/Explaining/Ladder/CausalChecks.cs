namespace RaftCheck.Linearizability;

/// <summary>
/// Causal consistency and the session guarantees by their bad patterns (Bouajjani, Enea, Guerraoui, Hamza, "On verifying
/// causal consistency", 2017; Terry et al., "Session guarantees for weakly consistent replicated data", 1994).
/// </summary>
internal static class CausalChecks
{
    /// <summary>Whether no read saw what had been overwritten by something that came before the read.</summary>
    public static bool IsCausal(CausalHistory history, Budget budget)
    {
        if (history.IsCyclic) return false;
        ILookup<(int Chain, int Part), int> writes = WritesByChain(history);
        Dictionary<int, int[]> chainsOf = history.Accesses.Where(static access => access.Writes).GroupBy(static access => access.Part).ToDictionary(static group => group.Key, static group => group.Select(static access => access.Chain).Distinct().ToArray());
        for (int read = 0; read < history.Accesses.Count; read++)
        {
            budget.SpendStep();
            CausalHistory.Access access = history.Accesses[read];
            if (access.From is not int from) continue;
            if (from == CausalHistory.Nowhere) return false;
            foreach (int chain in chainsOf.GetValueOrDefault(access.Part, []))
            {
                // Of one chain's writes, the last before the read is the one that comes after most.
                int last = LastBelow(history, writes, (chain, access.Part), history.Before(read, chain));
                if (last >= 0 && last != from && (from == CausalHistory.Initial || history.Precedes(from, last))) return false;
            }
        }

        return true;
    }

    /// <summary>Whether a process never sees something older than what it has written (or seen) in the same register.</summary>
    public static bool SeesNothingOlder(CausalHistory history, bool thanWritten)
    {
        if (history.IsCyclic) return false;
        foreach ((int earlier, int seen) in Sessions(history))
        {
            int? known = thanWritten ? (history.Accesses[earlier].Writes ? earlier : null) : history.Accesses[earlier].From;
            if (known is >= 0 && IsOlder(history, seen, known.Value)) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether nobody sees a write and then one that its writer had written (or seen) before it, in the same register.
    /// </summary>
    public static bool SeesInOrder(CausalHistory history, bool ofWritten)
    {
        if (history.IsCyclic) return false;
        Dictionary<(long Process, int Write), int> known = FirstKnown(history, ofWritten);
        foreach ((int earlier, int seen) in Sessions(history))
        {
            if (history.Accesses[earlier].From is not (int write and >= 0) || seen < 0 || seen == write) continue;
            // A swap sees first and writes then.
            if (!ofWritten && history.Accesses[write].From == seen) return false;
            long writer = history.Accesses[write].Operation.Process;
            if (known.TryGetValue((writer, seen), out int since) && since < write) return false;
        }

        return true;
    }

    /// <summary>When each process had first written (or seen) each write.</summary>
    private static Dictionary<(long Process, int Write), int> FirstKnown(CausalHistory history, bool byWriting)
    {
        var known = new Dictionary<(long Process, int Write), int>();
        for (int access = 0; access < history.Accesses.Count; access++)
        {
            long process = history.Accesses[access].Operation.Process;
            // What has an unknown end is not followed by what its process does later.
            if (history.Accesses[access].Operation.IsIndeterminate) continue;
            if (!byWriting && history.Accesses[access].From is int from and >= 0) known.TryAdd((process, from), access);
            if (byWriting && history.Accesses[access].Writes) known.TryAdd((process, access), access);
        }

        return known;
    }

    private static bool IsOlder(CausalHistory history, int one, int other) =>
        one == CausalHistory.Initial || (one >= 0 && one != other && history.Precedes(one, other));

    /// <summary>Pairs of accesses of one process to one register, the later one a read, with what it saw.</summary>
    private static IEnumerable<(int Earlier, int Seen)> Sessions(CausalHistory history)
    {
        foreach (List<int> chain in history.Chains)
        {
            var before = new Dictionary<int, List<int>>();
            foreach (int access in chain)
            {
                CausalHistory.Access later = history.Accesses[access];
                if (!before.TryGetValue(later.Part, out List<int>? earlier)) before.Add(later.Part, earlier = []);
                if (later.From is int seen)
                {
                    foreach (int each in earlier) yield return (each, seen);
                }

                earlier.Add(access);
            }
        }
    }

    private static ILookup<(int Chain, int Part), int> WritesByChain(CausalHistory history) =>
        Enumerable.Range(0, history.Accesses.Count).Where(i => history.Accesses[i].Writes).ToLookup(i => (history.Accesses[i].Chain, history.Accesses[i].Part));

    private static int LastBelow(CausalHistory history, ILookup<(int Chain, int Part), int> writes, (int Chain, int Part) where, int position)
    {
        int last = -1;
        foreach (int write in writes[where])
        {
            if (history.Accesses[write].Position >= position) break;
            last = write;
        }

        return last;
    }
}
