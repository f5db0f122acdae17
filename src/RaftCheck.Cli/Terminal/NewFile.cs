using RaftCheck.Fuzzing.Failures;

namespace RaftCheck.Cli.Terminal;

/// <summary>Writes files that appear whole or not at all.</summary>
internal static class NewFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether there may be one already, which is then replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="InputException">There is a file already, or it can't be written.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException("The new file needs a name.");
        }

        var full = Path.GetFullPath(path);
        // To replace a device by a file, as a rename does, breaks the machine.
        if (Directory.Exists(full) || full.StartsWith("/dev/", StringComparison.Ordinal))
        {
            throw new InputException($"{path}: this is no file that can be written.");
        }

        if (!overwrite && File.Exists(full))
        {
            throw Exists(path);
        }

        var temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else may have made it meanwhile.
            throw !overwrite && File.Exists(full) ? Exists(path) : new InputException($"{path}: it can't be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private static InputException Exists(string path) => new($"{path}: the file exists; --force replaces it.");
}
