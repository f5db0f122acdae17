namespace RaftCheck.Linearizability;

/// <summary>How an operation ended.</summary>
public enum Completion
{
    /// <summary>It returned.</summary>
    Ok,

    /// <summary>It did not take effect.</summary>
    Fail,

    /// <summary>Its process said that it does not know.</summary>
    Info,

    /// <summary>The history ends, or its process says no more, before it returned: as good as <see cref="Info"/>.</summary>
    None,
}

/// <summary>A call and its return, paired.</summary>
public sealed record Operation
{
    /// <summary>Position in <see cref="History.Operations"/>: operations are numbered from 0 in the order of their calls.</summary>
    public required int Id { get; init; }

    /// <summary><see cref="HistoryEvent.Index"/> of the call.</summary>
    public required int InvokeIndex { get; init; }

    /// <summary><see cref="HistoryEvent.Index"/> of the return; <see langword="null"/> when there is none.</summary>
    public required int? ReturnIndex { get; init; }

    /// <summary>The client.</summary>
    public required long Process { get; init; }

    /// <summary>The name of the operation.</summary>
    public required string F { get; init; }

    /// <summary>The key it is about, if any.</summary>
    public required string? Key { get; init; }

    /// <summary>Its argument.</summary>
    public required Value Input { get; init; }

    /// <summary>Its result; <see langword="null"/> unless <see cref="Completion"/> is <see cref="Completion.Ok"/>.</summary>
    public required Value? Output { get; init; }

    /// <summary>How it ended.</summary>
    public required Completion Completion { get; init; }

    /// <summary>Why it failed or is not known, if the return said so.</summary>
    public required string? Error { get; init; }

    /// <summary>Time of the call, in nanoseconds; -1 when not known.</summary>
    public required long InvokeTimeNs { get; init; }

    /// <summary>Time of the return, in nanoseconds; -1 when there is none or it is not known.</summary>
    public required long ReturnTimeNs { get; init; }

    /// <summary><see cref="HistoryEvent.Log"/> of the return; <see langword="null"/> when there is none.</summary>
    public LogPosition? Log { get; init; }

    /// <summary>Whether it may take effect at any time after its call, or never.</summary>
    public bool IsIndeterminate => Completion is Completion.Info or Completion.None;

    /// <summary>One line for a reader: <c>process 3: put "x" "a" -> ok</c>.</summary>
    public override string ToString()
    {
        string key = Key is null ? "" : " " + ValuePrinter.Quote(Key);
        string input = Input.IsNil ? "" : " " + Input;
        string end = Completion switch
        {
            Completion.Ok when Output is not null && !Output.Equals(Input) => Output.ToString(),
            Completion.Ok => "ok",
            Completion.Fail => "fail",
            _ => "unknown",
        };
        return $"process {Process}: {F}{key}{input} -> {end}";
    }
}
