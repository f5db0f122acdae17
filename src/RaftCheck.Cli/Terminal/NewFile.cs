using RaftCheck.Fuzzing.Failures;

namespace RaftCheck.Cli.Terminal;

/// <summary>
/// A file that is to be written: it appears whole or not at all, and takes nobody's place without being told to. Only a
/// regular file is ever replaced. It is put in its place by a rename, which would put it in the place of a device or a
/// pipe just as well, and break whatever uses that. A symbolic link is refused too, and not followed: a rename would
/// replace the link, and where it leads may be another by the time that the work is done.
/// </summary>
internal sealed class NewFile
{
    private readonly string full;
    private readonly bool overwrite;

    /// <summary>A file that is to be written.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="overwrite">Whether there may be a regular file already, which is then replaced.</param>
    /// <exception cref="InputException">It can't be written there; said before the work is done, and not after it.</exception>
    public NewFile(string path, bool overwrite)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException("The new file needs a name.");
        }

        Path = path;
        full = System.IO.Path.GetFullPath(path);
        this.overwrite = overwrite;
        Refuse();
    }

    /// <summary>Its path, as it was given.</summary>
    public string Path { get; }

    /// <summary>Writes it.</summary>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="InputException">It can't be written, or something else stands there by now.</exception>
    public void Write(Action<Stream> write)
    {
        var temporary = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(full)!, $".{System.IO.Path.GetFileName(full)}.{Environment.ProcessId}.tmp");
        try
        {
            // One that was left behind by a process of the same number.
            File.Delete(temporary);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            // The work may have taken long.
            Refuse();
            File.Move(temporary, full, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else may have made it meanwhile.
            Refuse();
            throw Unwritable(e);
        }
        finally
        {
            Remove(temporary);
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to tell.
        }
    }

    private void Refuse()
    {
        var complaint = Kind() switch
        {
            PathKind.Folder => "this is a folder.",
            PathKind.Link => "this is a symbolic link, and only a regular file is replaced; name the file that it leads to.",
            PathKind.Special => "this is a device, a pipe or a socket, and only a regular file is replaced.",
            PathKind.RegularFile when !overwrite => "the file is there already; --force replaces it.",
            PathKind.Nothing when !Directory.Exists(System.IO.Path.GetDirectoryName(full)) => "there is no such folder.",
            _ => null,
        };
        if (complaint is not null)
        {
            throw new InputException($"{Path}: {complaint}");
        }
    }

    private PathKind Kind()
    {
        // Behind a separator at the end, a link would be followed.
        if (System.IO.Path.EndsInDirectorySeparator(full))
        {
            return PathKind.Folder;
        }

        try
        {
            return PathKinds.Of(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    private InputException Unwritable(Exception cause) => new($"{Path}: it can't be written: {cause.Message.ReplaceLineEndings(" ")}", cause);
}
