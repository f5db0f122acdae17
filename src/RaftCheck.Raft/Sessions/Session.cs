using RaftCheck.Raft.Storage;

namespace RaftCheck.Raft.Sessions;

/// <summary>A client session (dissertation, §6.3). Immutable, so that a snapshot can share it.</summary>
/// <param name="Id">Its identity: the index of the entry that registered it.</param>
/// <param name="LastUsedIndex">The latest entry that used it. No two sessions have the same.</param>
/// <param name="LastUsed">The cluster's time at that entry; whole microseconds.</param>
/// <param name="LastSequence">The latest command that was executed; 0 if none was.</param>
/// <param name="Response">That command's response; null if there is none, or it was too large.</param>
internal sealed record Session(long Id, LogIndex LastUsedIndex, TimeSpan LastUsed, long LastSequence, KeptResponse? Response)
{
    /// <summary>A number that stands for all of this, the same in every process.</summary>
    public ulong Digest()
    {
        var digest = Mix(0, (ulong)Id);
        digest = Mix(digest, (ulong)LastUsedIndex.Value);
        digest = Mix(digest, (ulong)LastUsed.Ticks);
        digest = Mix(digest, (ulong)LastSequence);
        return Response is null ? digest : Mix(digest, ((ulong)Response.Bytes.Length << 32) | Response.Checksum);
    }

    /// <summary>An odd multiplier spreads each bit upwards, and the shift brings the upper ones down again.</summary>
    private static ulong Mix(ulong digest, ulong value)
    {
        digest = unchecked((digest ^ value) * 0x9E37_79B9_7F4A_7C15);
        digest ^= digest >> 29;
        digest = unchecked(digest * 0xD6E8_FEB8_6659_FD93);
        return digest ^ (digest >> 32);
    }
}

/// <summary>The response of an executed command. Immutable.</summary>
/// <param name="bytes">Its bytes. They must not be changed afterwards.</param>
internal sealed class KeptResponse(ReadOnlyMemory<byte> bytes)
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Computed once: a session's digest is asked for each time that it is used.</summary>
    public uint Checksum { get; } = Crc32C.Compute(bytes.Span);
}
