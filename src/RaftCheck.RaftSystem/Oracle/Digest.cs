using System.Buffers.Binary;
using RaftCheck.Raft;

namespace RaftCheck.RaftSystem.Oracle;

/// <summary>
/// Stands for a log up to an entry, in 64 bits: two logs with the same digest at the same index are the same up to there.
/// It makes every invariant a comparison of two numbers, whatever the logs' length.
/// </summary>
internal readonly record struct Digest(ulong Value)
{
    /// <summary>The digest of the empty log.</summary>
    public static Digest Empty => new(0x9E3779B97F4A7C15);

    /// <summary>The digest of this log with one more entry.</summary>
    public Digest With(LogEntry entry)
    {
        var value = Mix(Value, (ulong)entry.Term.Value);
        var command = entry.Command.Span;
        while (command.Length >= sizeof(ulong))
        {
            value = Mix(value, BinaryPrimitives.ReadUInt64LittleEndian(command));
            command = command[sizeof(ulong)..];
        }

        var rest = (ulong)entry.Command.Length;
        foreach (var b in command)
        {
            rest = (rest << 8) | b;
        }

        return new Digest(Mix(value, rest));
    }

    /// <summary>The digest with a text added.</summary>
    public Digest With(string text)
    {
        var value = Mix(Value, (ulong)text.Length);
        foreach (var letter in text)
        {
            value = Mix(value, letter);
        }

        return new Digest(value);
    }

    /// <summary>One round of the splitmix64 finalizer: every bit of both numbers reaches every bit of the result.</summary>
    private static ulong Mix(ulong state, ulong next)
    {
        var z = (state ^ next) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
