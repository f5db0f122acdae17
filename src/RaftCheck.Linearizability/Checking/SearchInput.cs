using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>A part's operations in the form that the search works on: numbers and arrays. For one thread.</summary>
internal sealed class SearchInput
{
    private Part _part = new(null);
    private Row[] _rows = [];
    private int[] _returnIndices = [];
    private int[] _returning = [];

    /// <summary>How many operations there are.</summary>
    public int Count => _part.Operations.Count;

    /// <summary>How many of them completed.</summary>
    public int CompletedCount { get; private set; }

    /// <summary>The operations as the model sees them; the first <see cref="Count"/> of the array.</summary>
    public Call[] Calls { get; private set; } = [];

    /// <summary>Takes in a part's operations, and lists their calls and returns in order.</summary>
    /// <param name="part">The operations.</param>
    /// <param name="model">What they are operations of.</param>
    /// <param name="nilReads">What a read of nil says.</param>
    /// <param name="entries">The list.</param>
    /// <param name="logStarts">The order of the log, if it is to be kept to; see <see cref="Part.LogStarts"/>.</param>
    public void Load(Part part, Model model, NilRead nilReads, EntryList entries, int[]? logStarts)
    {
        _part = part;
        EnsureRoom(part.Operations.Count);
        CompletedCount = 0;
        ReadOnlySpan<JudgedOperation> operations = CollectionsMarshal.AsSpan(part.Operations);
        for (int i = 0; i < operations.Length; i++) LoadOne(i, operations[i], model, nilReads, logStarts is null ? Part.NotInLog : logStarts[i]);

        Array.Sort(_returnIndices, _returning, 0, CompletedCount);
        for (int rank = 0; rank < CompletedCount; rank++) _rows[_returning[rank]].ReturnRank = rank;
        if (Count - CompletedCount > 1) FindTwins(operations, model.DistinguishesProcesses);
        ListEntries(operations, entries);
    }

    /// <summary>Whether an operation must take effect before its return.</summary>
    public bool IsCompleted(int operation) => _rows[operation].IsCompleted;

    /// <summary>Whether it must, and can change no state.</summary>
    public bool IsCompletedRead(int operation) => _rows[operation].IsCompletedRead;

    /// <summary>Its number among the completed, or among the indeterminate.</summary>
    public int Bit(int operation) => _rows[operation].Bit;

    /// <summary>Its place in the order of all returns.</summary>
    public int ReturnRank(int operation) => _rows[operation].ReturnRank;

    /// <summary>Whether its place in the log is known.</summary>
    public bool IsInLog(int operation) => _rows[operation].IsInLog;

    /// <summary>How many operations of the log must have taken effect before it may.</summary>
    public int LogStart(int operation) => _rows[operation].LogStart;

    /// <summary>The last indeterminate operation called before it that is just like it; -1 when there is none.</summary>
    public int EarlierTwin(int operation) => _rows[operation].EarlierTwin;

    /// <summary>An operation as the model sees it.</summary>
    public static Call CallOf(JudgedOperation judged, NilRead nilReads)
    {
        Operation operation = judged.Operation;
        Value output = judged.Outcome == CallOutcome.Returned ? operation.Output ?? Value.Nil : Value.Nil;
        return new Call(operation.F, operation.Input, output, judged.Outcome, nilReads) { Process = operation.Process, Key = operation.Key };
    }

    /// <summary>The operation of that number.</summary>
    public Operation OperationAt(int operation) => _part.Operations[operation].Operation;

    /// <summary>The operations of these numbers.</summary>
    public Operation[] Operations(ReadOnlySpan<int> numbers)
    {
        var operations = new Operation[numbers.Length];
        for (int i = 0; i < numbers.Length; i++) operations[i] = OperationAt(numbers[i]);
        return operations;
    }

    private void LoadOne(int i, JudgedOperation judged, Model model, NilRead nilReads, int logStart)
    {
        Operation operation = judged.Operation;
        Calls[i] = CallOf(judged, nilReads);
        int bit = judged.IsCompleted ? CompletedCount : i - CompletedCount;
        _rows[i] = new Row
        {
            IsCompleted = judged.IsCompleted,
            // A cas that found a mismatch says something about the state and does nothing to it: a read of a kind.
            IsCompletedRead = judged.IsCompleted && (judged.Outcome == CallOutcome.Mismatched || model.IsRead(operation)),
            Bit = bit,
            EarlierTwin = -1,
            ReturnRank = -1,
            IsInLog = logStart != Part.NotInLog,
            LogStart = Math.Max(logStart, 0),
        };
        if (!judged.IsCompleted) return;
        _returnIndices[CompletedCount] = operation.ReturnIndex ?? int.MaxValue;
        _returning[CompletedCount] = i;
        CompletedCount++;
    }

    private void FindTwins(ReadOnlySpan<JudgedOperation> operations, bool byProcess)
    {
        var last = new Dictionary<(string F, string? Key, Value Input, long Process), int>();
        for (int i = 0; i < operations.Length; i++)
        {
            if (operations[i].IsCompleted) continue;
            Operation operation = operations[i].Operation;
            (string, string?, Value, long) kind = (operation.F, operation.Key, operation.Input, byProcess ? operation.Process : 0);
            if (last.TryGetValue(kind, out int twin)) _rows[i].EarlierTwin = twin;
            last[kind] = i;
        }
    }

    private void ListEntries(ReadOnlySpan<JudgedOperation> operations, EntryList entries)
    {
        entries.Reset(operations.Length);
        int rank = 0;
        for (int i = 0; i < operations.Length; i++)
        {
            for (; rank < CompletedCount && _returnIndices[rank] < operations[i].Operation.InvokeIndex; rank++)
                entries.Append(entries.ReturnOf(_returning[rank]));
            entries.Append(i);
        }

        for (; rank < CompletedCount; rank++) entries.Append(entries.ReturnOf(_returning[rank]));
    }

    private void EnsureRoom(int count)
    {
        if (_rows.Length >= count) return;
        _rows = new Row[count];
        _returnIndices = new int[count];
        _returning = new int[count];
        Calls = new Call[count];
    }

    private struct Row
    {
        public bool IsCompleted;
        public bool IsCompletedRead;
        public int Bit;
        public int ReturnRank;
        public int EarlierTwin;
        public bool IsInLog;
        public int LogStart;
    }
}
