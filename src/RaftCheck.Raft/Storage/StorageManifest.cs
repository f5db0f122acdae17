using System.Buffers.Binary;
using RaftCheck.Raft.Seams;

namespace RaftCheck.Raft.Storage;

/// <summary>
/// The first file of a storage, written once, when all others are ready: whose storage it is, and the configuration that the
/// server began with. All numbers are little-endian: "RAFTDIR" and the version of the storage's format (8 bytes), CRC-32C of
/// all that follows (4), the server's id (4), the encoded configuration.
/// </summary>
/// <param name="Id">The server.</param>
/// <param name="Bootstrap">The configuration that the server began with.</param>
internal sealed record StorageManifest(NodeId Id, ClusterConfiguration Bootstrap)
{
    /// <summary>Format 1 was one file, without snapshots.</summary>
    private const byte FormatVersion = 2;

    private const int FixedLength = 16;

    private static ReadOnlySpan<byte> Magic => "RAFTDIR"u8;

    /// <exception cref="StorageException">It is damaged, or of a version that this build does not know.</exception>
    public static async Task<StorageManifest> ReadAsync(IFileSystem files)
    {
        using var file = await StorageHealth.ReadAsync(StorageNames.Manifest, () => files.OpenAsync(StorageNames.Manifest));
        var bytes = await StorageHealth.ReadAsync(StorageNames.Manifest, () => file.ReadAsync(0, checked((int)file.Length)));
        return Decode(bytes.Span);
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    public async Task WriteAsync(IFileSystem files, StorageHealth health)
    {
        var temporary = StorageNames.Temporary(StorageNames.Manifest);
        await health.ChangeAsync(StorageNames.Manifest, async () =>
        {
            using (var file = await files.OpenAsync(temporary))
            {
                await file.TruncateAsync(0);
                await file.AppendAsync(Encode());
                await file.FlushAsync();
            }

            await files.RenameAsync(temporary, StorageNames.Manifest);
            await files.FlushDirectoryAsync();
        });
    }

    private byte[] Encode()
    {
        var bootstrap = Bootstrap.Encode();
        var bytes = new byte[FixedLength + bootstrap.Length];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = FormatVersion;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Id.Value);
        bootstrap.Span.CopyTo(bytes.AsSpan(FixedLength));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Crc32C.Compute(bytes.AsSpan(12)));
        return bytes;
    }

    private static StorageManifest Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength || !bytes.StartsWith(Magic))
        {
            throw new StorageException($"{StorageNames.Manifest} is not the manifest of a storage: it does not begin with RAFTDIR.");
        }

        if (bytes[Magic.Length] != FormatVersion)
        {
            throw new StorageException($"The storage is of format version {bytes[Magic.Length]}; this build reads version {FormatVersion}.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != Crc32C.Compute(bytes[12..]))
        {
            throw new StorageException($"{StorageNames.Manifest} is damaged: its checksum does not hold.");
        }

        try
        {
            return new StorageManifest(new NodeId(BinaryPrimitives.ReadInt32LittleEndian(bytes[12..])), ClusterConfiguration.Decode(bytes[FixedLength..]));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new StorageException($"{StorageNames.Manifest} can't be read: {e.Message}", e);
        }
    }
}
