using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>Pairs each call with the next line of its process. For one thread.</summary>
internal sealed class Pairing
{
    private readonly List<(HistoryEvent Call, HistoryEvent? Return)> _pairs = [];
    private readonly Dictionary<long, int> _pending = [];
    private int _lastIndex = -1;
    private int _latest;

    /// <summary>Takes the next line; returns what is wrong with it, or <see langword="null"/>.</summary>
    public string? Add(HistoryEvent e)
    {
        if (e.Index <= _lastIndex)
            return string.Create(CultureInfo.InvariantCulture, $"the index {e.Index} does not rise above {_lastIndex}");
        _lastIndex = e.Index;
        if (e.IsNemesis) return null;
        return e.Type == EventType.Invoke ? AddCall(e) : AddReturn(e);
    }

    /// <summary>How many calls there were.</summary>
    public int Count => _pairs.Count;

    /// <summary>The operation whose call or return was added last, as far as it is known.</summary>
    public Operation Latest => Pair(_latest, _pairs[_latest].Call, _pairs[_latest].Return);

    /// <summary>The operations so far, in the order of their calls.</summary>
    public Operation[] Operations()
    {
        var operations = new Operation[_pairs.Count];
        for (int i = 0; i < operations.Length; i++) operations[i] = Pair(i, _pairs[i].Call, _pairs[i].Return);
        return operations;
    }

    private string? AddCall(HistoryEvent e)
    {
        if (!_pending.TryAdd(e.Process, _pairs.Count))
        {
            HistoryEvent pending = _pairs[_pending[e.Process]].Call;
            return $"process {e.Process} invokes {Name(e)} while its {Name(pending)} (event {pending.Index}) is pending";
        }

        _latest = _pairs.Count;
        _pairs.Add((e, null));
        return null;
    }

    private string? AddReturn(HistoryEvent e)
    {
        if (!_pending.Remove(e.Process, out int position))
            return $"process {e.Process} returns ({e.Type.ToString().ToLowerInvariant()} {Name(e)}) without a call";
        HistoryEvent call = _pairs[position].Call;
        if (!string.Equals(call.F, e.F, StringComparison.Ordinal))
            return $"process {e.Process} returns from {Name(e)} but had invoked {Name(call)} (event {call.Index})";
        if (e.Key is not null && !string.Equals(call.Key, e.Key, StringComparison.Ordinal))
            return $"process {e.Process} returns with another key than it had invoked with (event {call.Index})";
        _pairs[position] = (call, e);
        _latest = position;
        return null;
    }

    private static string Name(HistoryEvent e) => e.F.Length == 0 ? "an operation" : OneLine.Shorten(e.F);

    private static Operation Pair(int id, HistoryEvent call, HistoryEvent? end) => new()
    {
        Id = id,
        InvokeIndex = call.Index,
        ReturnIndex = end?.Index,
        Process = call.Process,
        F = call.F,
        Key = call.Key,
        Input = call.Value,
        Output = end?.Type == EventType.Ok ? end.Value : null,
        Completion = end?.Type switch
        {
            EventType.Ok => Completion.Ok,
            EventType.Fail => Completion.Fail,
            EventType.Info => Completion.Info,
            _ => Completion.None,
        },
        Error = end?.Error,
        InvokeTimeNs = call.TimeNs,
        ReturnTimeNs = end?.TimeNs ?? -1,
        Log = end?.Log,
    };
}
