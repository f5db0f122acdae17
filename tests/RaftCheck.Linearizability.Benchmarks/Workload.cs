using System.Globalization;

namespace RaftCheck.Linearizability.Benchmarks;

/// <summary>What a generated history is made of. The same parameters give the same history, on every machine.</summary>
internal sealed record Workload
{
    /// <summary><c>register</c>, <c>cas-register</c> or <c>kv</c>.</summary>
    public string Model { get; init; } = "register";

    /// <summary>How many operations, from 1.</summary>
    public int Operations { get; init; } = 1000;

    /// <summary>How many clients, each with one operation at a time, from 1.</summary>
    public int Clients { get; init; } = 10;

    /// <summary>Over how many keys the operations are spread evenly, from 1. Only <c>kv</c> has more than one.</summary>
    public int Keys { get; init; } = 1;

    /// <summary>From how many values writes draw; 0 for values that all differ.</summary>
    public int Values { get; init; }

    /// <summary>Reads among a hundred operations. The others are writes; of a <c>cas-register</c>, half of them cas.</summary>
    public int ReadPercent { get; init; } = 50;

    /// <summary>Operations of unknown end among a thousand. Their process is not heard of again.</summary>
    public int UnknownPermille { get; init; }

    /// <summary>
    /// Whether the last read that can returns a value that the register no longer held when it was called: overwritten,
    /// or never written if there is no such value.
    /// </summary>
    public bool Violates { get; init; }

    /// <summary>What the generator's random numbers start from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The parameters as they are given on the command line, those left out that are as usual.</summary>
    public override string ToString()
    {
        var usual = new Workload();
        var text = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{Model} --operations {Operations} --clients {Clients}") };
        if (Keys != usual.Keys) text.Add(string.Create(CultureInfo.InvariantCulture, $"--keys {Keys}"));
        if (Values != usual.Values) text.Add(string.Create(CultureInfo.InvariantCulture, $"--values {Values}"));
        if (ReadPercent != usual.ReadPercent) text.Add(string.Create(CultureInfo.InvariantCulture, $"--reads {ReadPercent}"));
        if (UnknownPermille != usual.UnknownPermille) text.Add(string.Create(CultureInfo.InvariantCulture, $"--unknown {UnknownPermille}"));
        if (Violates) text.Add("--violates");
        if (Seed != usual.Seed) text.Add(string.Create(CultureInfo.InvariantCulture, $"--seed {Seed}"));
        return string.Join(' ', text);
    }
}
