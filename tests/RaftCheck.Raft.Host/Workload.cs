namespace RaftCheck.Raft.Host;

/// <summary>
/// What a client does next. All values that are written differ. A list is appended to for a few incarnations, so that it
/// outlives kills and still stays short; the registers are the same for ever.
/// </summary>
internal sealed class Workload(int seed, int incarnation)
{
    private const int IncarnationsEachList = 3;
    private const int Registers = 3;

    private readonly Random random = new(seed);

    /// <summary>What this client believes to be in the registers: what it compares with.</summary>
    private readonly string[] believed = [.. Enumerable.Repeat("", Registers)];

    /// <summary>All keys that were ever written, up to an incarnation.</summary>
    public static IEnumerable<string> AllKeys(int incarnation) =>
        Enumerable.Range(0, Registers).Select(Register).Concat(Enumerable.Range(0, (incarnation / IncarnationsEachList) + 1).Select(List));

    /// <summary>The next operation.</summary>
    /// <param name="value">A value that nobody else writes.</param>
    public Operation Next(string value)
    {
        var list = List(incarnation / IncarnationsEachList);
        var register = random.Next(Registers);
        return random.Next(100) switch
        {
            < 35 => new Operation("append", list, value),
            < 45 => new Operation("get", list),
            < 60 => new Operation("put", Register(register), value),
            < 75 => new Operation("cas", Register(register), believed[register], value),
            _ => new Operation("get", Register(register)),
        };
    }

    /// <summary>Learns from how an operation ended.</summary>
    public void Learn(Operation operation, Completion completion)
    {
        for (var register = 0; register < Registers; register++)
        {
            if (completion.Type == "ok" && operation.Key == Register(register))
            {
                believed[register] = operation.F == "get" ? completion.Value : operation.Argument[^1];
            }
        }
    }

    /// <summary>Whether something happens that should happen one time in so many.</summary>
    public bool OneIn(int times) => random.Next(times) == 0;

    public TimeSpan Pause(int maxMs) => TimeSpan.FromMilliseconds(random.Next(maxMs + 1));

    public int Any(int count) => random.Next(count);

    private static string Register(int number) => $"register-{number}";

    private static string List(int number) => $"list-{number}";
}
