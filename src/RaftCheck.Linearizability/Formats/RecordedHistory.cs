namespace RaftCheck.Linearizability;

/// <summary>A history as it was read from a file.</summary>
/// <param name="History">The history.</param>
/// <param name="Format">The format it was found to have: one of <see cref="HistoryFormats"/>.</param>
/// <param name="Model">The model that the file names; <see langword="null"/> when it names none. Not checked: it may be unknown.</param>
public sealed record RecordedHistory(History History, string Format, string? Model);

/// <summary>The names of the formats that can be read.</summary>
public static class HistoryFormats
{
    /// <summary>Our own: one JSON object a line.</summary>
    public const string JsonLines = "json-lines";

    /// <summary>What Jepsen prints to the console.</summary>
    public const string JepsenLog = "jepsen-log";

    /// <summary>EDN maps, in a vector, in a list, or one after another.</summary>
    public const string Edn = "edn";

    /// <summary>What a read that returned nil says in a format, unless the file says otherwise.</summary>
    internal static NilRead NilReadsOf(string format) => format == Edn ? NilRead.Unconstrained : NilRead.Observed;
}
