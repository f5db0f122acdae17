using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>What the page's script works on, as JSON: numbers in arrays, one element for each operation, and a table of strings.</summary>
internal sealed class PageData
{
    private const int ManyOperations = 10_000;
    private readonly PageInput _input;
    private readonly IReadOnlyList<Operation> _operations;
    private readonly PageJson _json;
    private readonly StringTable _strings = new();
    private readonly StringTable _partNames = new();
    private readonly int _textLengthMax;

    private PageData(TextWriter writer, PageInput input)
    {
        _input = input;
        _operations = input.History.Operations;
        _json = new PageJson(writer);
        _textLengthMax = _operations.Count > ManyOperations ? 100 : 400;
    }

    /// <summary>Writes the document.</summary>
    public static void Write(TextWriter writer, PageInput input) => new PageData(writer, input).Write();

    private void Write()
    {
        _json.Open('{');
        _json.Member("verdict", PageWords.VerdictName(_input.Result.Verdict));
        _json.Member("title", PageWords.Of("title", _input));
        _json.Member("coreName", PageWords.CoreName(_input));
        _json.Member("initial", PageText.Display(_input.Model.Initial, _textLengthMax));
        _json.Member("core", _input.Highlighted.Select(static operation => (long)operation.Id));
        _json.Member("blocked", _input.Result.FirstNonLinearizable?.Id ?? -1);
        WriteOperations();
        _json.Member("failedPart", _input.Result.Verdict == Verdict.Linearizable ? -1 : FailedPart());
        new PageTimes(_json, _input.History).Write();
        WriteOrders();
        WritePartials();
        WriteFaults();
        // Parts are told apart by their whole names, and shown by what of them can be shown.
        WriteTexts("parts", _partNames.Texts.Select(name => name.Length == 0 ? "(no key)" : PageText.Display(name[1..], _textLengthMax)));
        WriteTexts("strings", _strings.Texts);
        _json.Close('}');
    }

    private void WriteOperations()
    {
        _json.Member("process", _operations.Select(operation => Text(operation.Process.ToString(CultureInfo.InvariantCulture))));
        _json.Member("lane", Lanes.Assign(_operations).Select(static lane => (long)lane));
        _json.Member("f", _operations.Select(operation => Text(operation.F)));
        _json.Member("key", _operations.Select(operation => operation.Key is null ? -1 : Text(operation.Key)));
        _json.Member("input", _operations.Select(operation => operation.Input.IsNil ? -1 : Text(operation.Input)));
        _json.Member("output", _operations.Select(operation => operation.Output is null ? -1 : Text(operation.Output)));
        _json.Member("error", _operations.Select(operation => operation.Error is null ? -1 : Text(operation.Error)));
        _json.Member("outcome", _operations.Select(static operation => (long)operation.Completion));
        _json.Member("isRead", _operations.Select(operation => _input.Model.IsRead(operation) ? 1L : 0L));
        _json.Member("part", _operations.Select(operation => (long)_partNames.Add(PartName(_input.Model.PartOf(operation)))));
        // Calls rise: how much from one to the next has fewer digits. A return is told by how long after its call it is.
        int last = 0;
        _json.Member("call", _operations.Select(operation =>
        {
            int step = operation.InvokeIndex - last;
            last = operation.InvokeIndex;
            return (long)step;
        }));
        _json.Member("return", _operations.Select(static operation => operation.ReturnIndex is int end ? (long)end - operation.InvokeIndex : 0));
    }

    private long FailedPart() =>
        _input.Result.FirstNonLinearizable is Operation blocked ? _partNames.Add(PartName(_input.Model.PartOf(blocked)))
        : _input.Result.Partition is string name ? _partNames.Add(PartName(name))
        : -1;

    private void WriteOrders()
    {
        CheckResult result = _input.Result;
        var orders = new PageOrders(_input.Model, _input.History.NilReads);
        _json.Name("orders");
        _json.Open('[');
        foreach (Linearization order in _input.Orders)
        {
            _json.Open('{');
            _json.Member("part", _partNames.Add(PartName(order.Partition)));
            _json.Member("operations", order.Operations.Select(static operation => (long)operation.Id));
            List<Value?> states = result.FirstNonLinearizable?.ReturnIndex is int lastReturn
                ? orders.States(order.Operations, result.StateAfterPrefix, lastReturn)
                : orders.States(order.Operations);
            _json.Member("states", states.Select(state => state is null ? -1 : Text(state)));
            _json.Close('}');
        }

        _json.Close(']');
    }

    private void WritePartials()
    {
        _json.Name("partials");
        _json.Open('[');
        foreach ((IReadOnlyList<Operation> operations, Value state) in _input.Extras.Partials)
        {
            _json.Open('{');
            _json.Member("operations", operations.Select(static operation => (long)operation.Id));
            _json.Member("state", Text(state));
            _json.Close('}');
        }

        _json.Close(']');
    }

    private void WriteFaults()
    {
        _json.Name("faults");
        _json.Open('[');
        foreach (FaultBand band in FaultBands.Pair(_input.History.Nemesis))
        {
            _json.Open('{');
            _json.Member("label", Text(band.Label));
            _json.Member("start", band.Start.Index);
            _json.Member("end", band.End?.Index ?? -1);
            _json.Member("startTime", band.Start.TimeNs);
            _json.Member("endTime", band.End?.TimeNs ?? -1);
            _json.Close('}');
        }

        _json.Close(']');
    }

    private void WriteTexts(string name, IEnumerable<string> texts)
    {
        _json.Name(name);
        _json.Open('[');
        foreach (string text in texts) _json.Text(text);
        _json.Close(']');
    }

    private long Text(string text) => _strings.Add(PageText.Display(text, _textLengthMax));

    private long Text(Value value) => _strings.Add(PageText.Display(value, _textLengthMax));

    /// <summary>A key may be any text, the empty one too: the part without a key is told apart by having no mark.</summary>
    private static string PartName(string? part) => part is null ? "" : "=" + part;
}
