using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>
/// Puts the operations of all parts in the order of the log. Those of one entry, which may be a batch, stay without an
/// order among each other; reads come behind what their entry changed.
/// </summary>
internal static class LogWitness
{
    /// <summary>
    /// Compares the log with real time and with itself, and tells each part which order the log gives its operations
    /// (<see cref="Part.LogStarts"/>).
    /// </summary>
    /// <returns>What contradicts the log already; <see langword="null"/> if nothing does, or nothing is known of a log.</returns>
    public static LogOrder? Examine(List<Part> parts, Model model)
    {
        List<Place> places = Places(parts, model);
        if (places.Count == 0) return null;
        places.Sort();
        if (Contradiction(places, parts) is LogOrder contradiction) return contradiction;

        foreach (Part part in parts)
        {
            part.LogStarts = new int[part.Operations.Count];
            Array.Fill(part.LogStarts, Part.NotInLog);
        }

        var placed = new int[parts.Count];
        for (int start = 0, end; start < places.Count; start = end)
        {
            for (end = start; end < places.Count && places[end].IsBeside(places[start]); end++)
                parts[places[end].Part].LogStarts![places[end].Operation] = placed[places[end].Part];
            for (int i = start; i < end; i++) placed[places[i].Part]++;
        }

        return null;
    }

    private static List<Place> Places(List<Part> parts, Model model)
    {
        var places = new List<Place>();
        for (int p = 0; p < parts.Count; p++)
        {
            for (int i = 0; i < parts[p].Operations.Count; i++)
            {
                JudgedOperation judged = parts[p].Operations[i];
                if (!judged.IsCompleted || judged.Operation.Log is not LogPosition position) continue;
                bool isRead = judged.Outcome == CallOutcome.Mismatched || model.IsRead(judged.Operation);
                places.Add(new Place(position, isRead, judged.Operation.Id, p, i));
            }
        }

        return places;
    }

    /// <summary>What the operations' positions and times alone contradict.</summary>
    private static LogOrder? Contradiction(List<Place> places, List<Part> parts)
    {
        Operation OperationAt(int place) => parts[places[place].Part].Operations[places[place].Operation].Operation;
        // Of those that come before a place in the log, the one that was called last.
        int latest = -1;
        int latestBeside = -1;
        for (int i = 0; i < places.Count; i++)
        {
            if (i > 0 && places[i].Position.Term != places[i - 1].Position.Term && TermsDisagree(places[i - 1], places[i]))
                return Contradicts(OperationAt(i), OperationAt(i - 1), TermClash(places[i - 1].Position, places[i].Position));
            if (i > 0 && !places[i].IsBeside(places[i - 1])) latest = latestBeside;
            Operation operation = OperationAt(i);
            if (latest >= 0 && operation.ReturnIndex < OperationAt(latest).InvokeIndex)
            {
                return Contradicts(operation, OperationAt(latest), string.Create(
                    CultureInfo.InvariantCulture,
                    $"it had returned before the other was called, but stands behind it in the log, at index {places[i].Position.Index} and not before {places[latest].Position.Index}"));
            }

            if (latestBeside < 0 || operation.InvokeIndex > OperationAt(latestBeside).InvokeIndex) latestBeside = i;
        }

        return null;
    }

    /// <summary>An index is one entry of one term, and terms never fall along a log.</summary>
    private static bool TermsDisagree(Place before, Place behind) =>
        behind.Position.Index == before.Position.Index || behind.Position.Term < before.Position.Term;

    private static string TermClash(LogPosition before, LogPosition behind) => before.Index == behind.Index
        ? string.Create(CultureInfo.InvariantCulture, $"they took effect at the same index {behind.Index} in the terms {behind.Term} and {before.Term}")
        : string.Create(CultureInfo.InvariantCulture, $"it has term {behind.Term} at index {behind.Index}, and the other had term {before.Term} at index {before.Index} already");

    private static LogOrder Contradicts(Operation operation, Operation other, string how) => new(
        LogOrderVerdict.Contradicts, operation, other, $"The log contradicts '{Results.Describe(operation)}' and '{Results.Describe(other)}': {how}.");

    /// <summary>An operation's place: first its position, then whether it only reads, then the order of calls.</summary>
    private readonly record struct Place(LogPosition Position, bool IsRead, int Id, int Part, int Operation) : IComparable<Place>
    {
        public bool IsBeside(Place other) => Position == other.Position && IsRead == other.IsRead;

        public int CompareTo(Place other)
        {
            int byPosition = Position.CompareTo(other.Position);
            if (byPosition != 0) return byPosition;
            return IsRead != other.IsRead ? IsRead.CompareTo(other.IsRead) : Id.CompareTo(other.Id);
        }
    }
}
