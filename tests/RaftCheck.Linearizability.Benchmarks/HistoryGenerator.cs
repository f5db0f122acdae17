using System.Globalization;

namespace RaftCheck.Linearizability.Benchmarks;

/// <summary>
/// Plays clients against a correct system, one step at a time: a client that is drawn calls, or its operation takes
/// effect, or it returns. So all clients are busy at nearly all times, and each operation overlaps with about two of
/// every other client's: harder than most recorded histories.
/// </summary>
internal sealed class HistoryGenerator
{
    private readonly Workload _workload;
    private readonly Random _random;
    private readonly List<HistoryEvent> _events;
    private readonly Client[] _clients;
    private readonly Value[] _held;
    private int _started;
    private int _written;

    private HistoryGenerator(Workload workload)
    {
        _workload = workload;
        _random = new Random(workload.Seed);
        _events = new List<HistoryEvent>(2 * workload.Operations);
        _clients = new Client[workload.Clients];
        _held = new Value[workload.Keys];
        Array.Fill(_held, workload.Model == "kv" ? Value.Of("") : Value.Nil);
    }

    /// <summary>The lines of a history.</summary>
    public static List<HistoryEvent> Events(Workload workload)
    {
        var generator = new HistoryGenerator(workload);
        generator.Play();
        if (workload.Violates) Violate(generator._events);
        return generator._events;
    }

    /// <summary>A history.</summary>
    public static History Play(Workload workload) => History.FromEvents(Events(workload));

    private void Play()
    {
        for (int i = 0; i < _clients.Length; i++) _clients[i] = new Client { Process = i };
        int pending = 0;
        while (_started < _workload.Operations || pending > 0)
        {
            Client client = _clients[_random.Next(_clients.Length)];
            if (client.Phase == Phase.Idle)
            {
                if (_started == _workload.Operations) continue;
                Call(client);
                pending++;
            }
            else if (client.Phase == Phase.Called)
            {
                TakeEffect(client);
            }
            else
            {
                Return(client);
                pending--;
            }
        }
    }

    private void Call(Client client)
    {
        _started++;
        client.Key = _random.Next(_held.Length);
        bool isRead = _random.Next(100) < _workload.ReadPercent;
        bool isCas = !isRead && _workload.Model == "cas-register" && _random.Next(2) == 0;
        client.F = (isRead, _workload.Model) switch
        {
            (true, "kv") => "get",
            (true, _) => "read",
            (false, "kv") => "put",
            _ => isCas ? "cas" : "write",
        };
        // A cas that compares with what is there now has a fair chance.
        client.Input = isRead ? Value.Nil : isCas ? Value.List(_held[client.Key], NewValue()) : NewValue();
        client.Phase = Phase.Called;
        Add(client, EventType.Invoke, client.Input);
    }

    private Value NewValue()
    {
        long number = _workload.Values > 0 ? _random.Next(_workload.Values) : ++_written;
        return _workload.Model == "kv" ? Value.Of(number.ToString(CultureInfo.InvariantCulture)) : Value.Of(number);
    }

    private void TakeEffect(Client client)
    {
        client.Phase = Phase.Done;
        client.Found = _held[client.Key];
        if (client.F is "write" or "put") _held[client.Key] = client.Input;
        else if (client.F == "cas" && client.Found.Equals(client.Input.Items[0])) _held[client.Key] = client.Input.Items[1];
    }

    private void Return(Client client)
    {
        client.Phase = Phase.Idle;
        bool isRead = client.F is "read" or "get";
        bool isUnknown = _workload.UnknownPermille > 0 && _random.Next(1000) < _workload.UnknownPermille;
        bool mismatched = client.F == "cas" && !client.Found.Equals(client.Input.Items[0]);
        if (isUnknown) Add(client, EventType.Info, Value.Nil);
        else if (mismatched) Add(client, EventType.Fail, client.Input, HistoryEvent.MismatchError);
        else Add(client, EventType.Ok, isRead ? client.Found : client.Input);
        if (isUnknown) client.Process += _clients.Length;
    }

    private void Add(Client client, EventType type, Value value, string? error = null) => _events.Add(new HistoryEvent(
        _events.Count, type, client.Process, client.F, _workload.Model == "kv" ? "k" + client.Key.ToString(CultureInfo.InvariantCulture) : null, value, -1, error));

    /// <summary>Lets the last read return what its key held at first: long overwritten.</summary>
    private static void Violate(List<HistoryEvent> events)
    {
        int read = events.FindLastIndex(static e => e is { Type: EventType.Ok, F: "read" or "get" });
        HistoryEvent e = events[read];
        events[read] = e with { Value = e.F == "get" ? Value.Of("") : Value.Nil };
    }

    private enum Phase
    {
        Idle,
        Called,
        Done,
    }

    private sealed class Client
    {
        public long Process { get; set; }

        public Phase Phase { get; set; }

        public int Key { get; set; }

        public string F { get; set; } = "";

        public Value Input { get; set; } = Value.Nil;

        public Value Found { get; set; } = Value.Nil;
    }
}
