using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RaftCheck.Raft.Hosting;

/// <summary>Makes durable what happened to the names in a directory, which a flush of the files themselves does not.</summary>
internal static class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a directory.</summary>
    /// <exception cref="IOException">The directory can't be opened, or the flush failed.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            // NTFS writes names to its journal by itself, in order, and a directory can't be flushed without special rights.
            return;
        }

        using var handle = Open(directory);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Creates a directory and those above it, for good.</summary>
    public static void Create(string directory)
    {
        var missing = new Stack<string>();
        for (var path = Path.GetFullPath(directory); path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            missing.Push(path);
        }

        foreach (var path in missing)
        {
            Directory.CreateDirectory(path);
            Flush(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>.NET opens files only, not directories; but it flushes whatever is open.</summary>
    private static SafeFileHandle Open(string directory)
    {
        var descriptor = OpenDescriptor(directory, ReadOnly);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"The directory {directory} can't be opened to be flushed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenDescriptor([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
