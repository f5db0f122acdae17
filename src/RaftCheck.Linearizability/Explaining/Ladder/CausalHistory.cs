namespace RaftCheck.Linearizability;

/// <summary>
/// Reads and writes of registers whose written values all differ, so that it is known which write each read saw, and what
/// follows for what may have come before what: a process's own order, and from a write to those who saw it. An operation
/// of unknown end counts if somebody saw it; what comes later in its process does not follow it. Immutable once built.
/// </summary>
internal sealed class CausalHistory
{
    /// <summary>Stands for the initial value.</summary>
    public const int Initial = -1;

    /// <summary>Stands for a write that there is not.</summary>
    public const int Nowhere = -2;

    private readonly List<Access> _accesses = [];
    private readonly List<List<int>> _chains = [];
    private readonly List<int[]> _clocks = [];

    private CausalHistory()
    {
    }

    /// <summary>The accesses, numbered in the order of their calls.</summary>
    public IReadOnlyList<Access> Accesses => _accesses;

    /// <summary>The accesses of each process in order; one of unknown end has a chain of its own.</summary>
    public IReadOnlyList<List<int>> Chains => _chains;

    /// <summary>Whether what must come before what goes in a circle.</summary>
    public bool IsCyclic { get; private set; }

    /// <summary>Takes in the operations of all parts; <see langword="null"/> if some value may have been written twice, or not all are reads and writes.</summary>
    public static CausalHistory? TryBuild(List<Part> parts, Model model, NilRead nilReads)
    {
        if (model is not IRegisterLike register) return null;
        var history = new CausalHistory();
        var writers = new Dictionary<(int Part, Value Value), int>();
        var all = parts.SelectMany(static (part, number) => part.Operations.Select(judged => (Judged: judged, Part: number))).OrderBy(static each => each.Judged.Operation.Id)
            .Select(each => (each.Judged, each.Part, Call: register.AsRegisterCall(SearchInput.CallOf(each.Judged, nilReads)))).ToList();
        foreach ((JudgedOperation judged, int part, RegisterCall call) in all)
        {
            if (call.Kind == RegisterCallKind.Other) return null;
            if (call.Kind is not (RegisterCallKind.Write or RegisterCallKind.Swap)) continue;
            if (call.Written.Equals(model.Initial) || !writers.TryAdd((part, call.Written), judged.Operation.Id)) return null;
        }

        history.AddAll(all, writers, model.Initial);
        history.FindClocks();
        return history;
    }

    /// <summary>Whether one access must have come before another one.</summary>
    public bool Precedes(int one, int other) => _clocks[other][_accesses[one].Chain] > _accesses[one].Position;

    /// <summary>How many accesses of a chain must have come before an access.</summary>
    public int Before(int access, int chain) => _clocks[access][chain];

    private void AddAll(List<(JudgedOperation Judged, int Part, RegisterCall Call)> all, Dictionary<(int, Value), int> writers, Value initial)
    {
        var found = new HashSet<int>();
        foreach ((JudgedOperation judged, int part, RegisterCall call) in all)
        {
            if (judged.IsCompleted && call.Kind is RegisterCallKind.Read or RegisterCallKind.Swap && writers.TryGetValue((part, call.Expected), out int writer)) found.Add(writer);
        }

        var numbers = new Dictionary<int, int>();
        var chains = new Dictionary<long, int>();
        foreach ((JudgedOperation judged, int part, RegisterCall call) in all)
        {
            bool counts = judged.IsCompleted ? call.Kind is not (RegisterCallKind.Nothing or RegisterCallKind.Mismatch) : found.Contains(judged.Operation.Id);
            if (!counts) continue;
            int chain = chains.TryGetValue(judged.Operation.Process, out int known) ? known : -1;
            int previous = chain < 0 ? Initial : _chains[chain].Count == 0 ? Initial : _chains[chain][^1];
            if (chain < 0 || !judged.IsCompleted)
            {
                chain = _chains.Count;
                _chains.Add([]);
                if (judged.IsCompleted) chains.Add(judged.Operation.Process, chain);
            }

            numbers.Add(judged.Operation.Id, _accesses.Count);
            _accesses.Add(new Access(judged.Operation, part, chain, _chains[chain].Count, previous, call.Kind is RegisterCallKind.Write or RegisterCallKind.Swap));
            _chains[chain].Add(_accesses.Count - 1);
        }

        foreach ((JudgedOperation judged, int part, RegisterCall call) in all)
        {
            // Of a swap of unknown end that was seen, it is known what it found.
            if (call.Kind is not (RegisterCallKind.Read or RegisterCallKind.Swap) || !numbers.TryGetValue(judged.Operation.Id, out int number)) continue;
            int from = call.Expected.Equals(initial) ? Initial : writers.TryGetValue((part, call.Expected), out int writer) && numbers.TryGetValue(writer, out int source) ? source : Nowhere;
            _accesses[number] = _accesses[number] with { From = from };
        }
    }

    /// <summary>Of each access, how many of each chain must have come before it; in an order in which those have theirs already.</summary>
    private void FindClocks()
    {
        var waiting = new int[_accesses.Count];
        var followers = new List<int>[_accesses.Count];
        for (int i = 0; i < _accesses.Count; i++) followers[i] = [];
        for (int i = 0; i < _accesses.Count; i++)
        {
            foreach (int before in Sources(i))
            {
                waiting[i]++;
                followers[before].Add(i);
            }

            _clocks.Add([]);
        }

        var ready = new Queue<int>(Enumerable.Range(0, _accesses.Count).Where(i => waiting[i] == 0));
        int done = 0;
        for (; ready.TryDequeue(out int i); done++)
        {
            var clock = new int[_chains.Count];
            foreach (int before in Sources(i))
            {
                for (int chain = 0; chain < clock.Length; chain++) clock[chain] = Math.Max(clock[chain], _clocks[before][chain]);
                clock[_accesses[before].Chain] = Math.Max(clock[_accesses[before].Chain], _accesses[before].Position + 1);
            }

            _clocks[i] = clock;
            foreach (int next in followers[i])
            {
                if (--waiting[next] == 0) ready.Enqueue(next);
            }
        }

        IsCyclic = done < _accesses.Count;
    }

    private IEnumerable<int> Sources(int access)
    {
        if (_accesses[access].Previous >= 0) yield return _accesses[access].Previous;
        if (_accesses[access].From is int from and >= 0) yield return from;
    }

    /// <summary>A read, a write, or both at once.</summary>
    /// <param name="Operation">The operation.</param>
    /// <param name="Part">The register.</param>
    /// <param name="Chain">The chain.</param>
    /// <param name="Position">Its place in it, from 0.</param>
    /// <param name="Previous">The access before it in its process; <see cref="Initial"/> if it is the first.</param>
    /// <param name="Writes">Whether it writes.</param>
    public sealed record Access(Operation Operation, int Part, int Chain, int Position, int Previous, bool Writes)
    {
        /// <summary>The write it saw, <see cref="Initial"/> or <see cref="Nowhere"/>; <see langword="null"/> if it saw nothing.</summary>
        public int? From { get; init; }
    }
}
