namespace RaftCheck.Linearizability.Benchmarks;

/// <summary>
/// The search as the papers have it (Wing and Gong 1993, Lowe 2017) and as most checkers do it: one linked list of calls
/// and returns, a set of bits for each configuration that was visited, one part after another. What ours is compared with
/// in one run, since no other checker can be assumed to be on the machine.
/// </summary>
internal static class TextbookSearch
{
    /// <summary>Whether a history is linearizable; <see langword="null"/> if time is up first.</summary>
    public static bool? Judge(History history, Model model, Func<bool> isTimeUp)
    {
        foreach (IGrouping<string?, Operation> part in history.Operations.GroupBy(model.PartOf))
        {
            Operation[] operations = [.. part.Where(operation => operation.Completion != Completion.Fail && !(operation.IsIndeterminate && model.IsRead(operation)))];
            bool? verdict = JudgePart(operations, model, history.NilReads, isTimeUp);
            if (verdict != true) return verdict;
        }

        return true;
    }

    private static bool? JudgePart(Operation[] operations, Model model, NilRead nilReads, Func<bool> isTimeUp)
    {
        Entry head = Link(operations);
        int left = operations.Count(static operation => !operation.IsIndeterminate);
        var done = new ulong[(operations.Length / 64) + 1];
        var visited = new Dictionary<ulong, List<(ulong[] Done, Value State)>>();
        var calls = new Stack<(Entry Call, Value Before)>();
        Value state = model.Initial;
        Entry? entry = head.Next;
        while (left > 0)
        {
            if (isTimeUp()) return null;
            if (entry is { Match: not null } or { IsUnknown: true })
            {
                Value? next = model.Step(state, CallOf(operations[entry.Id], nilReads));
                done[entry.Id / 64] ^= 1UL << entry.Id;
                if (next is not null && Visit(visited, done, next))
                {
                    calls.Push((entry, state));
                    state = next;
                    if (!entry.IsUnknown) left--;
                    entry.Lift();
                    entry = head.Next;
                }
                else
                {
                    done[entry.Id / 64] ^= 1UL << entry.Id;
                    entry = entry.Next;
                }
            }
            else
            {
                if (calls.Count == 0) return false;
                (entry, state) = calls.Pop();
                done[entry.Id / 64] ^= 1UL << entry.Id;
                if (!entry.IsUnknown) left++;
                entry.PutBack();
                entry = entry.Next;
            }
        }

        return true;
    }

    private static bool Visit(Dictionary<ulong, List<(ulong[] Done, Value State)>> visited, ulong[] done, Value state)
    {
        ulong hash = 14695981039346656037;
        foreach (ulong word in done) hash = (hash ^ word) * 1099511628211;
        if (!visited.TryGetValue(hash, out List<(ulong[] Done, Value State)>? known)) visited.Add(hash, known = []);
        foreach ((ulong[] otherDone, Value otherState) in known)
        {
            if (otherState.Equals(state) && otherDone.AsSpan().SequenceEqual(done)) return false;
        }

        known.Add(([.. done], state));
        return true;
    }

    private static Call CallOf(Operation operation, NilRead nilReads) => new(
        operation.F, operation.Input, operation.Output ?? Value.Nil, operation.IsIndeterminate ? CallOutcome.Unknown : CallOutcome.Returned, nilReads)
    { Process = operation.Process, Key = operation.Key };

    private static Entry Link(Operation[] operations)
    {
        var entries = new List<(int At, Entry Entry)>(2 * operations.Length);
        for (int i = 0; i < operations.Length; i++)
        {
            var call = new Entry { Id = i, IsUnknown = operations[i].IsIndeterminate };
            entries.Add((operations[i].InvokeIndex, call));
            if (call.IsUnknown) continue;
            call.Match = new Entry { Id = i };
            entries.Add((operations[i].ReturnIndex!.Value, call.Match));
        }

        entries.Sort(static (one, other) => one.At.CompareTo(other.At));
        var head = new Entry { Id = -1 };
        Entry last = head;
        foreach ((_, Entry entry) in entries)
        {
            last.Next = entry;
            entry.Previous = last;
            last = entry;
        }

        return head;
    }

    private sealed class Entry
    {
        public int Id { get; init; }

        public bool IsUnknown { get; init; }

        public Entry? Match { get; set; }

        public Entry? Next { get; set; }

        public Entry Previous { get; set; } = null!;

        public void Lift()
        {
            Unlink();
            Match?.Unlink();
        }

        public void PutBack()
        {
            Match?.Relink();
            Relink();
        }

        private void Unlink()
        {
            Previous.Next = Next;
            if (Next is not null) Next.Previous = Previous;
        }

        private void Relink()
        {
            Previous.Next = this;
            if (Next is not null) Next.Previous = this;
        }
    }
}
