namespace RaftCheck.Raft.Storage;

/// <summary>What the records of the write-ahead log amount to, one after another.</summary>
internal sealed class WalReplay
{
    public Term CurrentTerm { get; private set; }

    public NodeId? VotedFor { get; private set; }

    public RaftLog Log { get; } = new();

    /// <summary>Takes a batch's records.</summary>
    /// <param name="records">The records. Nothing of them is kept.</param>
    /// <param name="isFirstOfSegment">Whether they must be a checkpoint, and nothing else.</param>
    /// <param name="isFirstOfAll">Whether nothing is known of what came before: then the checkpoint is believed, otherwise compared.</param>
    /// <exception cref="FormatException">They are not records, or contradict those before them.</exception>
    public void Apply(ReadOnlyMemory<byte> records, bool isFirstOfSegment, bool isFirstOfAll)
    {
        try
        {
            if (isFirstOfSegment)
            {
                ApplyCheckpoint(ref records, isFirstOfAll);
            }

            while (!records.IsEmpty)
            {
                var (type, content) = WalRecord.Read(ref records);
                Apply(type, content);
            }
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private void ApplyCheckpoint(ref ReadOnlyMemory<byte> records, bool isFirstOfAll)
    {
        var (type, content) = WalRecord.Read(ref records);
        if (type != WalRecordType.Checkpoint || !records.IsEmpty)
        {
            throw new FormatException("the file does not begin with a checkpoint");
        }

        var mark = WalRecord.ReadCheckpoint(content.Span);
        if (isFirstOfAll)
        {
            (CurrentTerm, VotedFor) = (mark.Term, mark.VotedFor);
            Log.ResetTo(mark.LastIndex, mark.LastTerm);
            return;
        }

        var here = (CurrentTerm, VotedFor, Log.LastIndex, Log.LastTerm);
        if (here != (mark.Term, mark.VotedFor, mark.LastIndex, mark.LastTerm))
        {
            throw new FormatException($"the checkpoint {mark} contradicts the files before, which end with {here}");
        }
    }

    private void Apply(WalRecordType type, ReadOnlyMemory<byte> content)
    {
        switch (type)
        {
            case WalRecordType.TermAndVote:
                (CurrentTerm, VotedFor) = WalRecord.ReadTermAndVote(content.Span);
                break;
            case WalRecordType.Entry:
                // A copy of its own: the entry must not keep the whole file in memory.
                var entry = LogEntryFormat.Read(content);
                Log.Append(entry with { Command = entry.Command.ToArray() });
                break;
            case WalRecordType.Truncation:
                var (last, lastTerm) = WalRecord.ReadPosition(content.Span);
                Truncate(last, lastTerm);
                break;
            case WalRecordType.Compaction:
                var (upTo, term) = WalRecord.ReadPosition(content.Span);
                Compact(upTo, term);
                break;
            case WalRecordType.Reset:
                var (baseIndex, baseTerm) = WalRecord.ReadPosition(content.Span);
                Log.ResetTo(baseIndex, baseTerm);
                break;
            default:
                throw new FormatException($"there is a record of type {(byte)type}, which this build does not know here");
        }
    }

    /// <summary>
    /// The first segment that is left may cut off entries of segments that are gone: they were deleted because a compaction
    /// or a reset further on made them irrelevant. Until it comes, the log is empty and ends where it says.
    /// </summary>
    private void Truncate(LogIndex last, Term lastTerm)
    {
        if (last < Log.BaseIndex)
        {
            Log.ResetTo(last, lastTerm);
            return;
        }

        Require(last < Log.LastIndex && Log.TermAt(last) == lastTerm, $"index {last} of term {lastTerm} can't be made its last");
        Log.TruncateFrom(last.Next);
    }

    private void Compact(LogIndex upTo, Term term)
    {
        // As above: the entries may be gone with their segment already.
        if (upTo > Log.BaseIndex)
        {
            Require(upTo <= Log.LastIndex && Log.TermAt(upTo) == term, $"it can't be compacted up to index {upTo} of term {term}");
            Log.CompactTo(upTo);
        }
    }

    private void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new FormatException($"the log begins after index {Log.BaseIndex} and ends with index {Log.LastIndex} of term {Log.LastTerm}: {message}");
        }
    }
}
