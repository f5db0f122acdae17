using System.Runtime.InteropServices;
using System.Text;

namespace RaftCheck.Cli.Terminal;

/// <summary>What stands at a path, as far as someone must know who wants to put a file there.</summary>
internal enum PathKind
{
    /// <summary>Nothing, not even a link that leads nowhere.</summary>
    Nothing,

    /// <summary>A file that holds bytes, and does nothing else.</summary>
    RegularFile,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, wherever it leads.</summary>
    Link,

    /// <summary>A device, a pipe, a socket, or something else that only looks like a file.</summary>
    Special,
}

/// <summary>Finds out what stands at a path, without opening it: to open a pipe waits, and to open a device may do anything.</summary>
internal static class PathKinds
{
    private const int ErrorNoEntry = 2; // ENOENT
    private const int ErrorNoFolder = 20; // ENOTDIR

    // Four bytes of flags and four of the mode come first; the room is for what follows them, and what may yet.
    private const int StatusBytes = 512;
    private const int ModeOffset = 4;
    private const int ModeKindMask = 0xF000;

    /// <summary>What stands at a path; a link at its end is not followed.</summary>
    /// <exception cref="IOException">It can't be found out.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be found out.</exception>
    public static PathKind Of(string fullPath) => OperatingSystem.IsWindows() ? OfWindows(fullPath) : OfUnix(fullPath);

    private static PathKind OfWindows(string fullPath)
    {
        // What a name such as NUL becomes.
        if (fullPath.StartsWith(@"\\.\", StringComparison.Ordinal))
        {
            return PathKind.Special;
        }

        if (new FileInfo(fullPath).LinkTarget is not null)
        {
            return PathKind.Link;
        }

        try
        {
            var attributes = File.GetAttributes(fullPath);
            if (attributes.HasFlag(FileAttributes.Directory))
            {
                return PathKind.Folder;
            }

            return attributes.HasFlag(FileAttributes.Device) ? PathKind.Special : PathKind.RegularFile;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return PathKind.Nothing;
        }
    }

    private static PathKind OfUnix(string fullPath)
    {
        var status = new byte[StatusBytes];
        int result;
        try
        {
            result = LStat(Encoding.UTF8.GetBytes(fullPath + '\0'), status);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new IOException("this version of .NET does not tell what kind of file is there", e);
        }

        if (result < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is ErrorNoEntry or ErrorNoFolder ? PathKind.Nothing : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }

        return (BitConverter.ToInt32(status, ModeOffset) & ModeKindMask) switch
        {
            0x8000 => PathKind.RegularFile,
            0x4000 => PathKind.Folder,
            0xA000 => PathKind.Link,
            _ => PathKind.Special,
        };
    }

    // .NET has no public way to tell a pipe or a device from a file, and the system's own structure differs from machine to
    // machine. So this asks the library that .NET itself asks, whose structure starts the same everywhere.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_LStat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat(byte[] path, byte[] status);
}
